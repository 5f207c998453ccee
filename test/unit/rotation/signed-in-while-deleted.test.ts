import { expect, test } from 'vitest';
import { bytes } from '../../support/by-hand.ts';
import { connectedCore, signInValue } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

/** CircleCI has said whose the old token is before it deletes it, and Rondo hears of it while it is deleted, or later. */
test.each(['while it is deleted', 'after the rotation has ended'])(
  "an account is not signed in with Rondo's own old token, about which the answer comes %s",
  async (when) => {
    await using connected = await connectedCore();
    const { between, client, sandbox, account } = connected;
    const old = await connected.pick({ label: 'rondo' });
    const before = new Set(connected.alive().keys());
    const answered = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    let isAnswered = false;
    let adding: ReturnType<typeof client<'account.add'>> | undefined;
    between.twist = async ({ method, path, value }, ask) => {
      if (method === 'DELETE') {
        adding = client('account.add', { host: between.url, value: signInValue(sandbox) });
        await answered.promise;
        if (when === 'while it is deleted') await adding;
        return ask();
      }
      if (adding === undefined || isAnswered || path !== '/api/v2/me' || value !== sandbox.personalToken) return ask();
      // Later the rotation itself asks so.
      isAnswered = true;
      const said = await ask();
      answered.resolve();
      if (when !== 'while it is deleted') await ended.promise;
      return said;
    };
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
    ended.resolve();
    if (adding === undefined) throw new Error('nothing was deleted');
    expect(expectFailure(await adding)).toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/This token was deleted, or is about to be.*Nothing was changed/),
    });
    await expectReplaced(connected, old, before);
    expectOk(await client('sync.run', {}));
    const { accounts } = expectOk(await client('account.list', {}));
    expect(accounts).toMatchObject([{ id: account, lastAttempt: { outcome: 'ok' } }]);
  },
);

test('an account is not signed in with an older token, whose value says nothing, while it is cut over', async () => {
  await using connected = await connectedCore();
  const { between, client, account } = connected;
  const old = await connected.pick({ label: 'old-laptop' });
  const { value = '' } = connected.alive().get(old.remoteId ?? '') ?? {};
  let adding: ReturnType<typeof client<'account.add'>> | undefined;
  between.twist = async ({ method }, ask) => {
    if (method === 'DELETE') {
      adding = client('account.add', { host: between.url, value: bytes(value) });
      await adding;
    }
    return ask();
  };
  expect(await connected.rotate(old, { mode: 'cut-over' })).toMatchObject({ state: 'done' });
  if (adding === undefined) throw new Error('nothing was deleted');
  expect(expectFailure(await adding).code).toBe('unauthorized');
  expectOk(await client('sync.run', {}));
  const { accounts } = expectOk(await client('account.list', {}));
  expect(accounts).toMatchObject([{ id: account, lastAttempt: { outcome: 'ok' } }]);
});
