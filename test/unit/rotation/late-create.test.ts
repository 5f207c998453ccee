import { expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';

/** The connection of the first create drops, and CircleCI carries it out only as `when` says so. */
function carriedOutLate({ between }: ConnectedCore, when: (method: string, path: string) => boolean): void {
  let held: (() => Promise<unknown>) | undefined;
  let isFirst = true;
  between.twist = async ({ method, path }, ask) => {
    if (method === 'POST' && isFirst) {
      isFirst = false;
      held = ask;
      return undefined;
    }
    if (held !== undefined && when(method, path)) {
      const late = held;
      held = undefined;
      await late();
    }
    return ask();
  };
}

async function unclear({ client }: ConnectedCore) {
  const { entries } = expectOk(await client('audit.list', {}));
  return entries.filter(({ action }) => action === 'token.creation-unclear').map(({ detail }) => detail);
}

test.each([
  ['just before the second', (method: string) => method === 'POST'],
  ['when the old one is deleted', (method: string) => method === 'DELETE'],
])('a create that CircleCI carries out late, %s, is named and not deleted', async (_when, when) => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  const before = new Set(connected.alive().keys());
  carriedOutLate(connected, when);

  const rotation = await connected.rotate(old);

  expect(rotation.state).toBe('done');
  const fresh = [...connected.alive().keys()].filter((id) => !before.has(id));
  const replacement = await connected.pick({ rotatedFrom: old.id });
  const [late = '', ...others] = fresh.filter((id) => id !== replacement.remoteId);
  expect([late !== '', others]).toEqual([true, []]);
  const told = rotation.receipt?.proofs.filter(({ what }) => what === 'creating made no other token');
  expect(told).toMatchObject([{ ok: false, answered: expect.stringContaining(late) }]);
  expect(await unclear(connected)).toEqual([expect.stringContaining(late)]);
});

test('a create that is never carried out leaves nothing to tell', async () => {
  await using connected = await connectedCore();
  carriedOutLate(connected, () => false);
  const rotation = await connected.rotate(await connected.pick({ label: 'danger' }));
  expect(rotation.state).toBe('done');
  expect(rotation.receipt?.proofs.every(({ ok }) => ok)).toBe(true);
  expect(await unclear(connected)).toEqual([]);
});

test('where the host gives no ids, the new token itself is not taken for a late one', async () => {
  await using connected = await connectedCore({ variants: ['no-ids'] });
  carriedOutLate(connected, () => false);
  await connected.rotate(await connected.pick({ label: 'danger' }));
  expect(await unclear(connected)).toEqual([]);
});

test('a token that was created late for the person is named in the log as well', async () => {
  await using connected = await connectedCore();
  const before = new Set(connected.alive().keys());
  carriedOutLate(connected, (method) => method === 'POST');
  const wanted = { account: connected.account, label: 'late', expiresInMs: 86_400_000, keep: false };
  const { token } = expectOk(await connected.client('token.create-personal', wanted));
  const late = [...connected.alive().keys()].find((id) => !before.has(id) && id !== token.remoteId);
  expect(await unclear(connected)).toEqual([expect.stringContaining(late ?? 'none')]);
});
