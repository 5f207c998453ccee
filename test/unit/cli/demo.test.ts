import { describe, expect, test } from 'vitest';
import type { SandboxToken } from '../../../shared/contract/sandbox.ts';
import { type Answers, cli, Refusal } from '../../support/cli-world.ts';
import { newTokenId, sampleAccount, sampleRotation, sampleToken, tokenId } from '../../support/contract-samples.ts';

const otherId = 'e'.repeat(32);
const sandbox = { url: 'http://127.0.0.1:4000', personalToken: 'CCIPAT_demo', projects: ['gh/acme/web'] };
const vault = { path: '/tmp/demo', exists: true, format: 1, locked: false };
const seeded: SandboxToken = { id: 'r-other', kind: 'project', project: 'gh/acme/web', label: 'old', value: 'other' };

/** A core that does what it says, unless a test makes it lie. */
function honestCore(): { readonly there: Map<string, SandboxToken>; readonly answers: Answers } {
  const there = new Map<string, SandboxToken>([[seeded.id, seeded]]);
  const put = (id: string, value: string, lastUsedAt?: string) =>
    there.set(id, { ...seeded, id, label: 'demo', value, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) });
  const created = sampleToken({ label: 'demo', remoteId: 'r-1', hasValue: 'sealed' });
  const replacement = sampleToken({ id: newTokenId, label: 'demo', remoteId: 'r-2', tail: 'mnop' });
  const answers: Answers = {
    'sandbox.start': () => ({ sandbox }),
    'vault.create': () => ({ vault: { path: '/tmp/demo', createdAt: '2026-11-23T00:00:00.000Z', format: 1 } }),
    'vault.unlock': () => ({ vault, damaged: [] }),
    'account.add': () => ({ account: sampleAccount() }),
    'sync.run': () => ({ sync: { accounts: 1, projects: 1, tokens: 1, added: 1, changed: 0, gone: 0, failed: [] } }),
    'token.create-project': () => {
      put('r-1', 'first value');
      return { token: created };
    },
    'token.take': ({ id }) => ({
      value: new TextEncoder().encode(id === tokenId ? 'first value' : 'second value'),
    }),
    'token.taken': () => ({ token: created }),
    'rotation.start': () => {
      put('r-2', 'second value', '2026-11-23T10:00:00.000Z');
      there.delete('r-1');
      return { rotations: [sampleRotation()] };
    },
    'token.show': () => ({ token: replacement, history: [], destinations: [] }),
    'token.list': () => ({ tokens: [sampleToken({ id: otherId, label: 'old', remoteId: 'r-other' })] }),
    'token.delete': () => {
      there.delete('r-other');
      return { deleted: [otherId], failed: [] };
    },
    'sandbox.state': () => ({ tokens: [...there.values()] }),
  };
  return { there, answers };
}

describe('demo', () => {
  test('goes the whole round in a throw-away vault, reads everything back, and leaves nothing', async () => {
    const run = await cli(['demo', '--json'], { answers: honestCore().answers, environment: {} });
    const { demo } = JSON.parse(run.stdout);
    expect(demo.ok).toBe(true);
    expect(demo.readBack.map(({ what, ok }: { what: string; ok: boolean }) => [what, ok])).toEqual([
      ['created', true],
      ['proved', true],
      ['retired', true],
      ['taken', true],
      ['deleted', true],
    ]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '', vaultDirs: ['/tmp/demo'], removedFolders: ['/tmp/demo'] });
    expect(run.core.closed).toBe(1);
    expect(run.core.asked.map(({ channel }) => channel)).toContain('token.taken');
  });

  test('says every step to a person, with what CircleCI answered, and shows tails only', async () => {
    const run = await cli(['demo'], { answers: honestCore().answers });
    for (const word of ['1. sandbox', '4. sync', '6. rotate', 'asked', 'Created, proved, retired, taken and deleted']) {
      expect(run.stdout).toContain(word === 'asked' ? 'GET /x: 200' : word);
    }
    expect(run.stdout).toContain('…mnop');
    expect(run.stdout).not.toMatch(/first value|second value|CCIPAT/);
  });

  test('with --quiet says only what was read back', async () => {
    const run = await cli(['demo', '--quiet'], { answers: honestCore().answers });
    expect(run.stdout).not.toContain('1. sandbox');
    expect(run.stdout).toContain('each was read back');
  });

  const lies: readonly (readonly [string, string, (core: ReturnType<typeof honestCore>) => Answers])[] = [
    ['created', 'the created token is not there', () => ({ 'token.create-project': () => ({ token: sampleToken() }) })],
    [
      'created',
      'the value taken is another one',
      () => ({
        'token.take': ({ id }) => ({ value: new TextEncoder().encode(id === tokenId ? 'x' : 'second value') }),
      }),
    ],
    [
      'taken',
      'the new value taken is another one',
      () => ({ 'token.take': ({ id }) => ({ value: new TextEncoder().encode(id === tokenId ? 'first value' : 'x') }) }),
    ],
    [
      'proved',
      'the new value was never used',
      ({ there, answers }) => ({
        'rotation.start': async (input) => {
          const result = await answers['rotation.start']?.(input);
          const { lastUsedAt: _never, ...unused } = there.get('r-2') ?? seeded;
          there.set('r-2', unused);
          return result ?? { rotations: [] };
        },
      }),
    ],
    [
      'proved',
      'a proof of the receipt failed',
      ({ answers }) => ({
        'rotation.start': async (input) => {
          await answers['rotation.start']?.(input);
          const { receipt } = sampleRotation();
          if (receipt === undefined) throw new Error('the sample has a receipt');
          const proofs = receipt.proofs.map((proof) => ({ ...proof, ok: false }));
          return { rotations: [sampleRotation({ receipt: { ...receipt, proofs } })] };
        },
      }),
    ],
    [
      'retired',
      'the old token still exists',
      ({ there, answers }) => ({
        'rotation.start': async (input) => {
          const old = there.get('r-1') ?? seeded;
          const result = await answers['rotation.start']?.(input);
          there.set('r-1', old);
          return result ?? { rotations: [] };
        },
      }),
    ],
    [
      'deleted',
      'the deleted token still exists',
      () => ({ 'token.delete': () => ({ deleted: [otherId], failed: [] }) }),
    ],
    ['deleted', 'there is nothing to delete', () => ({ 'token.list': () => ({ tokens: [] }) })],
  ];

  test.each(lies)('exits with 1 and names %s where %s', async (what, _how, lie) => {
    const core = honestCore();
    const run = await cli(['demo'], { answers: { ...core.answers, ...lie(core) } });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(`Not read back from the sandbox: ${what}.`);
    expect(run.removedFolders).toEqual(['/tmp/demo']);
  });

  test('stops where an act fails, says why, and leaves nothing', async () => {
    const refusal = new Refusal({ code: 'network', message: 'The sandbox is not there.' });
    const run = await cli(['demo', '--json'], {
      answers: { ...honestCore().answers, 'rotation.start': () => refusal },
    });
    const { demo } = JSON.parse(run.stdout);
    expect(demo).toMatchObject({ ok: false, error: { code: 'network' } });
    expect(demo.steps.length).toBe(5);
    expect(run).toMatchObject({ exitCode: 1, removedFolders: ['/tmp/demo'] });
  });
});
