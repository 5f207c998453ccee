import { describe, expect, test } from 'vitest';
import type { StopSignal } from '../../../main/cli/world.ts';
import { type Answers, cli, fakeCore, Refusal } from '../../support/cli-world.ts';
import { sampleRotation } from '../../support/contract-samples.ts';

const sandbox = { url: 'http://127.0.0.1:4000', personalToken: 'CCIPAT_demo', projects: ['gh/acme/web'] };
const open: Answers = {
  'vault.status': () => ({ vault: { path: '/v', exists: true, locked: true } }),
  'vault.unlock': () => ({ vault: { path: '/v', exists: true, locked: false }, damaged: [] }),
};

describe('A signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s closes the core, waits for the step under way, prints its answer and exits with %i',
    async (signal, exitCode) => {
      const signals: { listen?: (signal: StopSignal) => void } = {};
      let release = () => {};
      const core = fakeCore({
        ...open,
        'rotation.start': async () => {
          signals.listen?.(signal);
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return new Refusal({ code: 'stopped', message: 'Stopped. It is written down.' });
        },
      });
      const close = core.close;
      core.close = async () => {
        await close();
        release();
      };
      const run = await cli(['rotate', 'bbbbbb', '--json'], { core, signals });
      expect(run.exitCode).toBe(exitCode);
      expect(run.core.closed).toBe(1);
      expect(JSON.parse(run.stdout).error.code).toBe('stopped');
    },
  );

  test('asks a core that is closing nothing more', async () => {
    const signals: { listen?: (signal: StopSignal) => void } = {};
    const run = await cli(['token', 'list', '--json'], {
      answers: {
        'vault.unlock': () => {
          signals.listen?.('SIGINT');
          return { vault: { path: '/v', exists: true, locked: false }, damaged: [] };
        },
      },
      signals,
    });
    expect(run.acts).toEqual([]);
    expect(run.exitCode).toBe(130);
    expect(JSON.parse(run.stdout).error.code).toBe('stopped');
  });

  test('a second one ends the process at once', async () => {
    const signals: { listen?: (signal: StopSignal) => void } = {};
    const ended: number[] = [];
    await cli(['sandbox'], {
      answers: {
        'sandbox.start': () => {
          signals.listen?.('SIGINT');
          signals.listen?.('SIGINT');
          return { sandbox };
        },
      },
      signals,
      exitNow: (code) => ended.push(code),
    });
    expect(ended).toEqual([130]);
  });

  test('ends the wait for a token that never comes', async () => {
    const signals: { listen?: (signal: StopSignal) => void } = {};
    const run = cli(['account', 'add', '--host', 'https://ci.example', '--json'], {
      answers: { 'vault.status': () => ({ vault: { path: '/v', exists: true, locked: true } }) },
      signals,
      stdinNeverEnds: true,
    });
    await new Promise((resolve) => setImmediate(resolve));
    signals.listen?.('SIGINT');
    const { exitCode, stdout } = await run;
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout).error.code).toBe('stopped');
  });
});

describe('sandbox', () => {
  async function interrupted(options: readonly string[]) {
    const signals: { listen?: (signal: StopSignal) => void } = {};
    const run = cli(['sandbox', ...options], {
      answers: { 'sandbox.start': () => ({ sandbox }) },
      signals,
      writingOut: () => {
        setImmediate(() => signals.listen?.('SIGINT'));
      },
    });
    return run;
  }

  test('says its address on the first line, how to connect on standard error, and stays until interrupted', async () => {
    const run = await interrupted([
      '--port',
      '4000',
      '--tokens',
      '9',
      '--seed',
      '1',
      '--fault',
      'latency=5',
      '--fault',
      'hang=GET /',
    ]);
    expect(run.acts).toEqual([
      { channel: 'sandbox.start', input: { port: 4000, tokens: 9, seed: 1, faults: ['latency=5', 'hang=GET /'] } },
    ]);
    expect(run.stdout).toBe('http://127.0.0.1:4000\n');
    expect(run.stderr).toContain('rondo account add --host http://127.0.0.1:4000');
    expect(run.exitCode).toBe(130);
    expect(run.core.closed).toBe(1);
  });

  test('with --json says everything in the first line', async () => {
    const run = await interrupted(['--json']);
    expect(run.stdout).toBe(`${JSON.stringify({ sandbox })}\n`);
    expect(run.acts[0]?.input).toEqual({ port: 0, faults: [] });
  });
});

describe('Standard output', () => {
  test('closed by who read it ends quietly', async () => {
    const run = await cli(['rotate', 'bbbbbb'], {
      answers: { 'rotation.start': () => ({ rotations: [sampleRotation({ state: 'needs-attention' })] }) },
      writingOut: () => {
        throw Object.assign(new Error('closed'), { code: 'EPIPE' });
      },
    });
    expect(run).toMatchObject({ stdout: '', stderr: '', exitCode: 7 });
  });

  test('that is full is a storage error that says what stands', async () => {
    const run = await cli(['rotate', 'bbbbbb', '--json'], {
      answers: { 'rotation.start': () => ({ rotations: [sampleRotation()] }) },
      writingOut: () => {
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
    });
    expect(run.exitCode).toBe(8);
    expect(run.stderr).toContain('What the command did stands');
  });
});

describe('Progress', () => {
  const slow = (core: ReturnType<typeof fakeCore>): Answers => ({
    'sync.run': async () => {
      await new Promise((resolve) => setImmediate(resolve));
      core.announce({ event: 'sync.progress', revision: 1, value: { done: 1, total: 3, reading: 'gh/acme/web' } });
      return { sync: { accounts: 1, projects: 3, tokens: 0, added: 0, changed: 0, gone: 0, failed: [] } };
    },
  });
  const run = (options: readonly string[], stderrIsTerminal: boolean, sleep?: () => Promise<void>) => {
    const core = fakeCore({ ...open, 'sync.run': (input) => slow(core)['sync.run']?.(input) ?? Promise.reject() });
    return cli(['sync', ...options], { core, stderrIsTerminal, ...(sleep === undefined ? {} : { sleep }) });
  };
  const atOnce = async () => {};

  test('is one line on standard error of a terminal, rewritten, and gone at the end', async () => {
    const { stderr, stdout } = await run(['--json'], true, atOnce);
    expect(stderr).toContain('reading gh/acme/web (1 of 3)…');
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect(stderr).not.toContain('\n');
    expect(() => JSON.parse(stdout)).not.toThrow();
  });

  test('is absent for what takes less than a second, with --quiet, and where nobody watches', async () => {
    expect((await run([], true)).stderr).toBe('');
    expect((await run(['--quiet'], true, atOnce)).stderr).toBe('');
    expect((await run([], false, atOnce)).stderr).toBe('');
  });

  test('tells each step of a rotation as it ends', async () => {
    const core = fakeCore({
      ...open,
      'rotation.start': () => {
        core.announce({ event: 'rotation.changed', revision: 1, value: sampleRotation({ state: 'running' }) });
        return { rotations: [sampleRotation()] };
      },
    });
    const { stderr } = await cli(['rotate', 'bbbbbb'], { core, stderrIsTerminal: true });
    expect(stderr).toContain('bbbbbbbb  create         done');
  });
});
