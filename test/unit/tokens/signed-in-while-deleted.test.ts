import { expect, test } from 'vitest';
import { bytes } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

/** CircleCI has said whose the token is before it deletes it, and Rondo hears of it while it is deleted, or later. */
test.each([
  ['while it is deleted', 'the same process'],
  ['while it is deleted', 'another process'],
  ['after it was deleted', 'the same process'],
  ['after it was deleted', 'another process'],
])('an account is not signed in with a token that was asked %s, by %s', async (when, who) => {
  await using connected = await connectedCore();
  await using second = await connected.another();
  const { between, client, account } = connected;
  const asker = who === 'another process' ? second : connected;
  const { id, remoteId = '' } = await connected.pick({ label: 'circleci-cli' });
  const pasted = connected.alive().get(remoteId)?.value ?? '';
  const isMeanwhile = when === 'while it is deleted';
  const answered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let adding: ReturnType<typeof client<'account.add'>> | undefined;
  between.twist = async ({ method, path, value }, ask) => {
    if (method === 'DELETE') {
      adding = asker.client('account.add', { host: between.url, value: bytes(pasted) });
      await answered.promise;
      if (isMeanwhile) await adding;
      return ask();
    }
    if (path !== '/api/v2/me' || value !== pasted) return ask();
    const said = await ask();
    answered.resolve();
    if (!isMeanwhile) await ended.promise;
    return said;
  };
  expect(expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }))).toEqual({
    deleted: [id],
    failed: [],
  });
  ended.resolve();
  if (adding === undefined) throw new Error('nothing was deleted');
  expect(expectFailure(await adding)).toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(/This token was deleted, or is about to be.*Nothing was changed/),
  });
  expectOk(await client('sync.run', {}));
  const { accounts } = expectOk(await client('account.list', {}));
  expect(accounts).toMatchObject([{ id: account, lastAttempt: { outcome: 'ok' } }]);
});

test('a deletion that came to nothing keeps nobody from signing in with the token', async () => {
  await using connected = await connectedCore();
  const { between, client, account } = connected;
  const { id, remoteId = '' } = await connected.pick({ label: 'circleci-cli' });
  between.twist = ({ method }, ask) => (method === 'DELETE' ? undefined : ask());
  const { failed } = expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }));
  expect(failed).toMatchObject([{ error: { code: 'network' } }]);
  between.twist = undefined;
  const value = bytes(connected.alive().get(remoteId)?.value ?? '');
  expect(expectOk(await client('account.add', { host: between.url, value })).account.id).toBe(account);
});

test('while another process holds the vault nothing is deleted', async () => {
  await using connected = await connectedCore();
  await using second = await connected.another();
  const [old, other] = [await connected.pick({ label: 'danger' }), await connected.pick({ label: 'fastlane' })];
  let busy: ReturnType<typeof second.client<'token.delete'>> | undefined;
  connected.between.twist = async ({ method }, ask) => {
    if (method === 'POST') busy = second.client('token.delete', { ids: [other.id], confirm: 'DELETE' });
    await busy;
    return ask();
  };
  expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  if (busy === undefined) throw new Error('nothing was created');
  expect(expectFailure(await busy).code).toBe('vault-busy');
  expect(connected.alive().has(other.remoteId ?? '')).toBe(true);
});
