import { expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';

async function orphansDeleted({ client }: ConnectedCore) {
  const { entries } = expectOk(await client('audit.list', {}));
  return entries.filter(({ action }) => action === 'token.orphan-deleted').map(({ detail }) => detail);
}

/**
 * The answer to the create is lost; then every answer to a deletion, which is carried out all the same.
 * @returns the id of what came of the create
 */
function losesBoth({ between, alive }: ConnectedCore): () => string {
  let isFirst = true;
  let orphan = '';
  between.twist = async ({ method }, ask) => {
    if (method === 'POST' && isFirst) {
      isFirst = false;
      const before = new Set(alive().keys());
      await ask();
      orphan = [...alive().keys()].find((id) => !before.has(id)) ?? '';
      return undefined;
    }
    if (method !== 'DELETE') return ask();
    await ask();
    return { status: 502, body: '' };
  };
  return () => orphan;
}

test('an orphan whose deletion was carried out and not answered is in the log and on the receipt', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  const orphanOf = losesBoth(connected);
  const rotation = await connected.rotate(old);
  expect(rotation).toMatchObject({ state: 'needs-attention' });
  expect(await orphansDeleted(connected)).toEqual([]);
  expect([orphanOf() === '', connected.alive().has(orphanOf())]).toEqual([false, false]);

  connected.between.twist = undefined;
  const [ended] = await connected.resume();
  expect(ended).toMatchObject({ state: 'done' });
  expect(await orphansDeleted(connected)).toEqual([orphanOf()]);
  expect(ended?.receipt?.proofs.filter(({ answered }) => answered.includes(orphanOf()))).toMatchObject([{ ok: true }]);
});

test('one that a person made meanwhile is not taken for it', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  const orphanOf = losesBoth(connected);
  await connected.rotate(old);
  connected.between.twist = undefined;
  const before = new Set(connected.alive().keys());
  await connected.colleague('POST', `/api/v1.1/project/${old.project}/token`, {
    label: old.label,
    scope: 'view-builds',
  });
  const [theirs = ''] = [...connected.alive().keys()].filter((id) => !before.has(id));
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  expect(await orphansDeleted(connected)).toEqual([orphanOf()]);
  expect(connected.alive().has(theirs)).toBe(true);
});

test('of a token that is made by itself it is in the log as well', async () => {
  await using connected = await connectedCore();
  const orphanOf = losesBoth(connected);
  const wanted = { account: connected.account, label: 'once', expiresInMs: 86_400_000, keep: true };
  expect(await connected.client('token.create-personal', wanted)).toMatchObject({ ok: false });
  connected.between.twist = undefined;
  expectOk(await connected.client('token.create-personal', wanted));
  expect(await orphansDeleted(connected)).toEqual([orphanOf()]);
});
