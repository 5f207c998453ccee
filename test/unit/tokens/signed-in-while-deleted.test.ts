import { describe, expect, test } from 'vitest';
import type { Processes } from '../../../main/platform/processes.ts';
import type { Result } from '../../../shared/contract/result.ts';
import { bytes } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { startInBetween, withRows } from '../../support/in-between.ts';

const processNamed = (own: string): Processes => ({ own, isOver: () => false });

/** CircleCI has said whose the token is before it deletes it, and Rondo hears of it while it is deleted, or later. */
const moments = ['while it is deleted', 'after it was deleted', 'after it was deleted and that could not be proved'];
const who = ['itself', 'another process'] as const;
/** The value of an older token has no id inside, and the vault does not know it. */
const labels = ['circleci-cli', 'old-laptop'];
const told = moments.flatMap((when) => who.flatMap((by) => labels.map((label) => ({ when, by, label }))));
test.each(told)('with $label, about which the answer comes $when, nobody signs in ($by deletes it)', async (one) => {
  const { when, by, label } = one;
  await using connected = await connectedCore({ processes: processNamed('first') });
  await using another = await connected.another({ processes: processNamed('second') });
  const { between, client, account } = connected;
  const adder = by === 'itself' ? client : another.client;
  const { id, remoteId = '' } = await connected.pick({ label });
  const pasted = connected.alive().get(remoteId)?.value ?? '';
  const isMeanwhile = when === moments[0];
  const answered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let adding: ReturnType<typeof client<'account.add'>> | undefined;
  between.twist = async ({ method, path, value }, ask) => {
    if (method === 'DELETE') {
      adding = adder('account.add', { host: between.url, value: bytes(pasted) });
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

test('what a process deleted that is over, or that a vault says without end, keeps nobody from signing in', async () => {
  await using connected = await connectedCore({ processes: processNamed('first') });
  const { between, client } = connected;
  const { id, remoteId = '' } = await connected.pick({ label: 'circleci-cli' });
  const add = async (isOver: boolean, own = 'second') => {
    await using another = await connected.another({ processes: { own, isOver: () => isOver } });
    const value = bytes(connected.alive().get(remoteId)?.value ?? '');
    return another.client('account.add', { host: between.url, value });
  };
  const added: Result<unknown>[] = [];
  between.twist = async ({ method }, ask) => {
    if (method !== 'DELETE') return ask();
    between.twist = undefined;
    // In a container that was started again a process may have the name of the one before.
    added.push(await add(false), await add(true), await add(false, 'first'));
    connected.advance(600_000);
    added.push(await add(false));
    return ask();
  };
  expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }));
  expect(added.map(({ ok }) => ok)).toEqual([false, true, true, true]);
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

test('one that was proved deleted and that CircleCI answers all the same is signed in with', async () => {
  await using connected = await connectedCore();
  const { between, client, account } = connected;
  const { id, remoteId = '' } = await connected.pick({ label: 'circleci-cli' });
  between.twist = ({ method, path }, ask) => {
    if (method === 'DELETE') return { status: 200, body: '{}' };
    return path.endsWith('/user/token') ? withRows(ask, (row) => (row.id === remoteId ? undefined : row)) : ask();
  };
  expect(expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' })).deleted).toEqual([id]);
  const value = bytes(connected.alive().get(remoteId)?.value ?? '');
  expect(expectOk(await client('account.add', { host: between.url, value })).account.id).toBe(account);
});

describe('nobody is kept from signing in by what is deleted', () => {
  test.each(labels)('on another host that lists the same ids (%s)', async (label) => {
    await using connected = await connectedCore();
    await using copy = await startInBetween(connected.sandbox.url);
    const { between, client, account } = connected;
    const { id, remoteId = '' } = await connected.pick({ label });
    const value = bytes(connected.alive().get(remoteId)?.value ?? '');
    let adding: ReturnType<typeof client<'account.add'>> | undefined;
    between.twist = async ({ method }, ask) => {
      if (method === 'DELETE') {
        adding = client('account.add', { host: copy.url, value });
        await adding;
      }
      return ask();
    };
    expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }));
    if (adding === undefined) throw new Error('nothing was deleted');
    expect(expectOk(await adding).account.id).not.toBe(account);
  });

  test('of somebody else, where the value of an older token says nothing', async () => {
    await using connected = await connectedCore();
    const { between, client, account } = connected;
    const valueNamed = (wanted: string) =>
      bytes([...connected.alive().values()].find(({ label }) => label === wanted)?.value ?? '');
    const theirs = expectOk(
      await client('account.add', { host: between.url, name: 'jonas', value: valueNamed('jonas-laptop') }),
    ).account.id;
    expectOk(await client('sync.run', {}));
    expectOk(await client('account.add', { host: between.url, value: valueNamed('rondo') }));
    const { id } = await connected.pick({ account: theirs, kind: 'personal' });
    let adding: ReturnType<typeof client<'account.add'>> | undefined;
    between.twist = async ({ method }, ask) => {
      if (method === 'DELETE') {
        adding = client('account.add', { host: between.url, value: valueNamed('old-laptop') });
        await adding;
      }
      return ask();
    };
    expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }));
    if (adding === undefined) throw new Error('nothing was deleted');
    expect(expectOk(await adding).account.id).toBe(account);
  });
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
