import { expect, test } from 'vitest';
import { bytes } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

/** Deletes both; while CircleCI is asked for the first, the account is added again with the second one's value. */
async function addWhileFirstGoes(
  connected: ConnectedCore,
  [first, second]: readonly [string, string],
  adder = connected.client,
) {
  const { between, client } = connected;
  const { remoteId = '' } = await connected.pick({ id: second });
  const value = connected.alive().get(remoteId)?.value ?? '';
  let adding: ReturnType<typeof client<'account.add'>> | undefined;
  between.twist = async ({ method }, ask) => {
    if (method === 'DELETE' && adding === undefined) {
      adding = adder('account.add', { host: between.url, value: bytes(value) });
      await adding;
    }
    return ask();
  };
  const deletion = expectOk(await client('token.delete', { ids: [first, second], confirm: 'DELETE' }));
  between.twist = undefined;
  if (adding === undefined) throw new Error('nothing was deleted');
  return { ...deletion, added: await adding };
}

/** A newer token has its id inside; of an older one nothing tells, until a list does. */
const labels = ['terraform', 'old-laptop'];

test.each(labels)('nobody signs in with %s, which is to be deleted after another', async (label) => {
  await using connected = await connectedCore();
  const { client, account } = connected;
  const ids = [(await connected.pick({ label: 'danger' })).id, (await connected.pick({ label })).id] as const;
  const { added, deleted } = await addWhileFirstGoes(connected, ids);
  expect(expectFailure(added).code).toBe('unauthorized');
  expect(deleted).toEqual(ids);
  expectOk(await client('sync.run', {}));
  expect(expectOk(await client('account.list', {})).accounts).toMatchObject([
    { id: account, lastAttempt: { outcome: 'ok' } },
  ]);
});

test.each(labels)('%s is not deleted where another process signs in with it before its turn', async (label) => {
  await using connected = await connectedCore();
  await using another = await connected.another();
  const ids = [(await connected.pick({ label: 'danger' })).id, (await connected.pick({ label })).id] as const;
  const { added, deleted, failed } = await addWhileFirstGoes(connected, ids, another.client);
  expectOk(added);
  expect(deleted).toEqual([ids[0]]);
  expect(failed).toMatchObject([
    {
      id: ids[1],
      error: {
        code: 'confirmation-required',
        message: expect.stringMatching(/Rondo itself signs in.*Nothing was deleted/),
      },
    },
  ]);
  const { remoteId = '' } = await connected.pick({ id: ids[1] });
  expect(connected.alive().has(remoteId)).toBe(true);
  expectOk(await connected.client('sync.run', {}));
  const again = expectOk(await connected.client('token.delete', { ids: [ids[1]], confirm: 'DELETE' }));
  expect(again.deleted, 'asked once more, it goes').toEqual([ids[1]]);
});

test('what was told to be perhaps the one is not deleted once it certainly is', async () => {
  await using connected = await connectedCore();
  await using another = await connected.another();
  const { between, client } = connected;
  const { remoteId = '' } = await connected.pick({ label: 'old-laptop' });
  const value = bytes(connected.alive().get(remoteId)?.value ?? '');
  expectOk(await client('account.add', { host: between.url, value }));
  const ids = [
    (await connected.pick({ label: 'danger' })).id,
    (await connected.pick({ label: 'terraform' })).id,
  ] as const;
  const told = expectFailure(await client('token.delete', { ids: [...ids] })).details?.consequences;
  expect(told).toEqual([expect.stringMatching(/may be the one that Rondo itself signs in with/)]);
  const { deleted, failed } = await addWhileFirstGoes(connected, ids, another.client);
  expect(deleted).toEqual([ids[0]]);
  expect(failed).toMatchObject([{ id: ids[1], error: { code: 'confirmation-required' } }]);
});

test('deletions that came to nothing keep nobody from signing in', async () => {
  await using connected = await connectedCore();
  const { between, client, account } = connected;
  const [first, second] = [await connected.pick({ label: 'danger' }), await connected.pick({ label: 'terraform' })];
  await connected.faults({ add: ['error=403@DELETE /'] });
  const { failed } = expectOk(await client('token.delete', { ids: [first.id, second.id], confirm: 'DELETE' }));
  expect(failed).toHaveLength(2);
  const value = bytes(connected.alive().get(second.remoteId ?? '')?.value ?? '');
  expect(expectOk(await client('account.add', { host: between.url, value })).account.id).toBe(account);
});
