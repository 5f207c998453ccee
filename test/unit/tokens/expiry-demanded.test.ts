import { describe, expect, test } from 'vitest';
import { demandedLifetimeMs } from '../../../main/tokens/creation.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';
import { someMorning } from '../../support/fake-clock.ts';

const variants = ['expiry-required'] as const;
const in90Days = new Date(someMorning + demandedLifetimeMs).toISOString();
const path = '/api/v1/user/token';

function create({ client, account }: ConnectedCore) {
  return client('token.create-personal', { account, label: 'deploy', keep: false });
}

/** Lists and creates of personal tokens, in order. */
function asked({ between }: ConnectedCore, from: number): string[] {
  return between.asked.slice(from).flatMap((request) => (request.path === path ? [request.method] : []));
}

describe('a host that makes no personal token without an expiry', () => {
  test('is asked once more with 90 days, after its list was read again', async () => {
    await using connected = await connectedCore({ variants });
    const from = connected.between.asked.length;
    const { token } = expectOk(await create(connected));
    expect(token).toMatchObject({ label: 'deploy', expiresAt: in90Days });
    expect(asked(connected, from)).toEqual(['GET', 'POST', 'GET', 'POST', 'GET']);
  });

  test('that refuses the expiry as well is not asked again, and nothing is made', async () => {
    await using connected = await connectedCore();
    const before = connected.alive();
    const from = connected.between.asked.length;
    await connected.faults({ add: ['error=422@POST /api'] });
    expect(expectFailure(await create(connected)).code).toBe('refused');
    expect(asked(connected, from).filter((method) => method === 'POST')).toHaveLength(2);
    expect(connected.alive()).toEqual(before);
  });

  test.each(['lost', 'lost twice'])(
    'whose answer to the second request is %s makes one token or none',
    async (what) => {
      await using connected = await connectedCore({ variants });
      const before = new Set(connected.alive().keys());
      const losses = what === 'lost' ? 1 : 2;
      let lost = 0;
      connected.between.twist = async ({ method, body }, ask) => {
        const said = await ask();
        if (method !== 'POST' || !body.includes('expires_at') || lost === losses) return said;
        lost += 1;
        return undefined;
      };
      const answer = await create(connected);
      expect(answer.ok).toBe(losses === 1);
      const fresh = [...connected.alive().keys()].filter((id) => !before.has(id));
      expect(fresh).toHaveLength(losses === 1 ? 1 : 0);
      expect(connected.between.asked.filter(({ method }) => method === 'POST')).toHaveLength(3);
    },
  );

  test('a choice of the person is not changed, and a project token has no expiry', async () => {
    await using connected = await connectedCore();
    const { client, account } = connected;
    await connected.faults({ add: ['error=400@POST /api'] });
    const chosen = { account, label: 'deploy', keep: false, expiresInMs: 86_400_000 };
    expect(expectFailure(await client('token.create-personal', chosen)).code).toBe('refused');
    const project = { project: 'gh/tidewater/web', scope: 'status', label: 'deploy', keep: false } as const;
    expect(expectFailure(await client('token.create-project', project)).code).toBe('refused');
    expect(connected.between.asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});

describe('the life of a replacement', () => {
  test('of a token that never expired is 90 days where the host demands an end', async () => {
    await using connected = await connectedCore({ variants });
    const old = (await connected.tokens()).find((token) => token.kind === 'personal' && token.expiresAt === undefined);
    if (old === undefined) throw new Error('every personal token expires');
    const before = new Set(connected.alive().keys());
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
    await expectReplaced(connected, old, before);
    expect(await connected.pick({ rotatedFrom: old.id })).toMatchObject({ expiresAt: in90Days });
  });

  test.each([[[]], [variants]])('is as long as the old one had (%j)', async (kind) => {
    await using connected = await connectedCore({ variants: kind });
    const { client, account } = connected;
    const days = 30 * 86_400_000;
    const { token } = expectOk(
      await client('token.create-personal', { account, label: 'monthly', keep: false, expiresInMs: days }),
    );
    connected.advance(days / 2);
    expect(await connected.rotate(token)).toMatchObject({ state: 'done' });
    const expiresAt = new Date(someMorning + 1.5 * days).toISOString();
    expect(await connected.pick({ rotatedFrom: token.id })).toMatchObject({ expiresAt });
    expect(connected.between.asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});
