import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { waitIsOver } from '../../../shared/wait-over.ts';
import { type Answers, cli, fakeCore, Refusal } from '../../support/cli-world.ts';
import { sampleRotation, sampleToken } from '../../support/contract-samples.ts';

const value = 'CCIPAT_9hTq7BcX2mN4_0a1b2c3d';

/** A core that writes down what happened in which order, in the same list as standard output. */
function setting(events: string[], change: Answers = {}) {
  const core = fakeCore({
    'vault.status': () => ({ vault: { path: '/v', exists: true, locked: true } }),
    'vault.unlock': () => ({ vault: { path: '/v', exists: true, locked: false }, damaged: [] }),
    'token.take': () => {
      events.push('take');
      return { value: new TextEncoder().encode(value) };
    },
    'token.taken': () => {
      events.push('taken');
      return { token: sampleToken() };
    },
    'rotation.list': () => ({ rotations: [] }),
    ...change,
  });
  const flushing = async () => {
    events.push('flushed');
  };
  return { core, flushing };
}

describe('token take', () => {
  test('writes the bare value and a line end, waits until it is out, and only then confirms', async () => {
    const events: string[] = [];
    const run = await cli(['token', 'take', 'bbbbbb'], {
      ...setting(events),
      writingOut: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        events.push('written');
      },
    });
    expect(run.stdout).toBe(`${value}\n`);
    expect(events).toEqual(['take', 'written', 'flushed', 'taken']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('of a rotation that waited for it says how that goes on, and does not fail where that cannot be told', async () => {
    const steps: Rotation['steps'] = [{ name: 'retire-old', state: 'waiting', detail: waitIsOver }];
    const waiting: Rotation = { ...sampleRotation(), state: 'waiting', steps };
    const listing = (rotations: readonly Rotation[]) =>
      setting([], { 'rotation.list': () => ({ rotations: [...rotations] }) });
    const take = ['token', 'take', 'bbbbbb'];
    const said = await cli(take, listing([{ ...waiting, replacement: `bbbbbb${waiting.token.slice(6)}` }]));
    expect(said).toMatchObject({ exitCode: 0, stdout: `${value}\n` });
    expect(said.stderr).toBe(
      `The old token is not deleted yet. To delete it: rondo rotation resume ${waiting.id.slice(0, 8)}\n`,
    );
    const ofAnother = { ...waiting, replacement: `cccccc${waiting.token.slice(6)}` };
    expect(await cli(take, listing([ofAnother]))).toMatchObject({ exitCode: 0, stderr: '' });
    const full = new Refusal({ code: 'storage', message: 'The disk is full.' });
    const refused = setting([], { 'rotation.list': () => full });
    expect(await cli(take, refused)).toMatchObject({ exitCode: 0, stdout: `${value}\n`, stderr: '' });
  });

  test('with --json writes one document with the value', async () => {
    const run = await cli(['token', 'take', 'bbbbbb', '--json'], setting([]));
    expect(run.stdout).toBe(`{"value":"${value}"}\n`);
  });

  test('writes a value that needs escapes as valid JSON', async () => {
    const odd = 'a"b\\c\u00e9\u0001';
    const run = await cli(
      ['token', 'take', 'bbbbbb', '--json'],
      setting([], { 'token.take': () => ({ value: new TextEncoder().encode(odd) }) }),
    );
    expect(JSON.parse(run.stdout)).toEqual({ value: odd });
  });

  test.each([
    ['is closed', 'EPIPE', []],
    ['is full', 'ENOSPC', []],
    ['is full, with --json', 'ENOSPC', ['--json']],
  ])('keeps the value held where standard output %s', async (_what, code, options) => {
    const events: string[] = [];
    const run = await cli(['token', 'take', 'bbbbbb', ...options], {
      ...setting(events),
      writingOut: () => {
        throw Object.assign(new Error('no'), { code });
      },
    });
    expect(events).toEqual(['take']);
    expect(run.exitCode).toBe(8);
    expect(run.stderr).toContain('still held');
    expect(run.stdout + run.stderr).not.toContain('CCIPAT');
  });

  test('keeps the value held where its file does not reach the disk', async () => {
    const events: string[] = [];
    const run = await cli(['token', 'take', 'bbbbbb', '--json'], {
      ...setting(events),
      flushing: async () => {
        throw Object.assign(new Error('no'), { code: 'EIO' });
      },
    });
    expect(events).toEqual(['take']);
    expect(run.exitCode).toBe(8);
    expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  test('writes no second document where only the confirmation failed', async () => {
    const refusal = new Refusal({ code: 'storage', message: 'The disk is full. The value is still held.' });
    const run = await cli(['token', 'take', 'bbbbbb', '--json'], setting([], { 'token.taken': () => refusal }));
    expect(JSON.parse(run.stdout)).toEqual({ value });
    expect(run.stderr).toContain('The disk is full');
    expect(run.exitCode).toBe(8);
  });

  test('overwrites the bytes that it wrote and the value that it was given', async () => {
    const written: Uint8Array[] = [];
    const given = new TextEncoder().encode(value);
    await cli(['token', 'take', 'bbbbbb'], {
      ...setting([], { 'token.take': () => ({ value: given }) }),
      writingOut: (bytes) => {
        written.push(bytes);
      },
    });
    expect(written).toHaveLength(1);
    expect([...given, ...(written[0] ?? [])].every((byte) => byte === 0)).toBe(true);
  });

  test('warns on a terminal that the value stays in its scroll-back', async () => {
    const run = await cli(['token', 'take', 'bbbbbb'], { ...setting([]), stdoutIsTerminal: true });
    expect(run.stderr).toContain('scroll-back');
    expect(run.stdout).toBe(`${value}\n`);
  });

  test('of nothing held is an error document like any other', async () => {
    const refusal = new Refusal({ code: 'not-found', message: 'It was taken on 1 May.' });
    const run = await cli(['token', 'take', 'bbbbbb', '--json'], setting([], { 'token.take': () => refusal }));
    expect(JSON.parse(run.stdout).error.code).toBe('not-found');
    expect(run.exitCode).toBe(4);
  });
});
