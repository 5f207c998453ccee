import { expect, test } from 'vitest';
import { bytes } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

/** CircleCI has said whose the token is before it deletes it, and Rondo hears of it while it is deleted, or later. */
const moments = ['while it is deleted', 'after it was deleted', 'after it was deleted and that could not be proved'];
test.each(moments)('an account is not signed in with a token about which the answer comes %s', async (when) => {
  await using connected = await connectedCore();
  const { between, client, account } = connected;
  const { id, remoteId = '' } = await connected.pick({ label: 'circleci-cli' });
  const pasted = connected.alive().get(remoteId)?.value ?? '';
  const isMeanwhile = when === moments[0];
  const answered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let adding: ReturnType<typeof client<'account.add'>> | undefined;
  between.twist = async ({ method, path, value }, ask) => {
    if (method === 'DELETE') {
      adding = client('account.add', { host: between.url, value: bytes(pasted) });
      await answered.promise;
      if (isMeanwhile) await adding;
      return ask();
    }
    if (when === moments[2] && adding !== undefined && path.endsWith('/user/token')) return { status: 500, body: '' };
    if (path !== '/api/v2/me' || value !== pasted) return ask();
    const said = await ask();
    answered.resolve();
    if (!isMeanwhile) await ended.promise;
    return said;
  };
  const { deleted } = expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }));
  expect(deleted).toEqual(when === moments[2] ? [] : [id]);
  between.twist = undefined;
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

test('a token is deleted while another is rotated', async () => {
  await using connected = await connectedCore();
  const [old, other] = [await connected.pick({ label: 'danger' }), await connected.pick({ label: 'fastlane' })];
  let deletion: ReturnType<typeof connected.client<'token.delete'>> | undefined;
  connected.between.twist = async ({ method }, ask) => {
    if (method === 'POST') {
      deletion = connected.client('token.delete', { ids: [other.id], confirm: 'DELETE' });
      await deletion;
    }
    return ask();
  };
  expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  if (deletion === undefined) throw new Error('nothing was created');
  expect(expectOk(await deletion)).toEqual({ deleted: [other.id], failed: [] });
});
