import { describe, expect, test } from 'vitest';
import { bytes } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { heldValue } from '../../support/expect-replaced.ts';
import { withRows } from '../../support/in-between.ts';

const confirm = 'DELETE';

describe('without DELETE', () => {
  test.each([undefined, '', 'delete', 'DELETE ', 'yes'])('typed (%j) nothing happens', async (typed) => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    const asked = connected.between.asked.length;
    const answer = await connected.client('token.delete', {
      ids: [id],
      ...(typed === undefined ? {} : { confirm: typed }),
    });
    expect(expectFailure(answer).code).toBe('confirmation-required');
    expect(connected.between.asked).toHaveLength(asked);
  });

  test('says what would stop working', async () => {
    await using connected = await connectedCore();
    const consequences = async (...wanted: Parameters<typeof connected.pick>[0][]) => {
      const ids = await Promise.all(wanted.map(async (token) => (await connected.pick(token)).id));
      const error = expectFailure(await connected.client('token.delete', { ids }));
      return { message: error.message, consequences: error.details?.consequences };
    };
    expect(await consequences({ label: 'danger' })).toEqual({
      message: 'This deletes a token, and whatever uses it stops working. Nothing was deleted.',
      consequences: [],
    });
    expect((await consequences({ label: 'nightly-reindex' })).consequences).toEqual([
      'It is the last working token of search.',
    ]);
    expect((await consequences({ label: 'rondo' })).consequences).toEqual([
      expect.stringMatching(
        /^Rondo signs in to maya-okafor on 127\.0\.0\.1:\d+ with it: sync and rotation stop there\.$/,
      ),
    ]);
    const mobile = 'gh/tidewater/mobile';
    expect(await consequences({ project: mobile, scope: 'admin' }, { project: mobile, scope: 'status' })).toEqual({
      message: 'This deletes 2 tokens, and whatever uses it stops working. Nothing was deleted.',
      consequences: [`${mobile} is left without a working token: fastlane, status badge are its last.`],
    });
  });

  test('of several says which one it is', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const told = async (...wanted: Parameters<typeof connected.pick>[0][]) => {
      const ids = await Promise.all(wanted.map(async (token) => (await connected.pick(token)).id));
      return expectFailure(await client('token.delete', { ids })).details?.consequences;
    };
    expect(await told({ label: 'danger' }, { label: 'nightly-reindex' }, { label: 'rondo' })).toEqual([
      expect.stringMatching(/^Rondo signs in to maya-okafor on 127\.0\.0\.1:\d+ with rondo( \w{4})?: sync/),
      'nightly-reindex is the last working token of search.',
    ]);
    const wish = { project: 'gh/tidewater/web', scope: 'admin', label: 'ours', keep: true } as const;
    const { token } = expectOk(await client('token.create-project', wish));
    const web = (await connected.tokens()).filter(({ project }) => project === 'gh/tidewater/web');
    expect(await told(...web.map(({ id }) => ({ id })))).toEqual([
      expect.stringMatching(
        new RegExp(`^gh/tidewater/web is left without .*: .*ours ${token.tail}.* are its last\\.$`),
      ),
    ]);
  });

  test('knows the sign-in token by its value, right after the account was added again', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const own = await connected.pick({ label: 'rondo' });
    const other = await connected.pick({ label: 'circleci-cli' });
    for (const { id, remoteId = '' } of [other]) {
      expectOk(await client('token.adopt', { id, value: bytes(connected.alive().get(remoteId)?.value ?? '') }));
    }
    // As when a vault was restored: no list has said yet which row it is.
    expectOk(await client('account.add', { host: between.url, value: bytes(sandbox.personalToken) }));
    const told = async (id: string) => expectFailure(await client('token.delete', { ids: [id] })).details?.consequences;
    expect(await told(own.id)).toEqual([expect.stringMatching(/^Rondo signs in to .* with it/)]);
    expect(await told(other.id)).toEqual([]);
  });

  test('warns of every personal token while the sign-in token is unknown', async () => {
    await using connected = await connectedCore();
    connected.advance(1);
    connected.between.twist = ({ path }, ask) =>
      path.endsWith('/user/token') ? withRows(ask, (row) => ({ ...row, id: `${row.id}x` })) : ask();
    expectOk(await connected.client('sync.run', {}));
    const { id } = await connected.pick({ label: 'terraform', state: 'active' });
    const error = expectFailure(await connected.client('token.delete', { ids: [id] }));
    expect(error.details?.consequences).toEqual([
      'It may be the one that Rondo itself signs in with: CircleCI does not tell.',
    ]);
    const { id: other } = await connected.pick({ label: 'circleci-cli', state: 'active' });
    const several = expectFailure(await connected.client('token.delete', { ids: [id, other] }));
    expect(several.details?.consequences).toEqual([
      'One of these (terraform, circleci-cli) may be the one that Rondo itself signs in with: CircleCI does not tell.',
    ]);
  });
});

describe('with DELETE', () => {
  test('deletes on CircleCI, proves it by the list, forgets the value', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const before = connected.alive();
    const wish = { project: 'gh/tidewater/web', scope: 'admin', label: 'ours', keep: true } as const;
    const { token: ours } = expectOk(await client('token.create-project', wish));
    const listed = await connected.pick({ label: 'release-please' });
    const ids = [ours.id, listed.id, ours.id.slice(0, 10)];
    const deletion = expectOk(await client('token.delete', { ids, confirm }));
    expect(deletion).toEqual({ deleted: [ours.id, listed.id], failed: [] });
    expect([...connected.alive().keys()]).toEqual([...before.keys()].filter((id) => id !== listed.remoteId));
    for (const id of deletion.deleted)
      expect(await connected.pick({ id })).toMatchObject({ state: 'revoked', hasValue: 'none' });
    expect(await heldValue(connected, ours.id)).toBeUndefined();
    const asked = connected.between.asked.length;
    expect(expectOk(await client('token.delete', { ids: [ours.id], confirm })).deleted, 'again: it is done').toEqual([
      ours.id,
    ]);
    expect(connected.between.asked).toHaveLength(asked);
  });

  test('an unknown id stops it before anything is deleted', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    const before = connected.alive();
    expect(expectFailure(await connected.client('token.delete', { ids: [id, 'ffffffff'], confirm })).code).toBe(
      'not-found',
    );
    expect(connected.alive()).toEqual(before);
  });

  test('one that fails does not stop the others', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const [danger, fastlane, reindex] = [
      await connected.pick({ label: 'danger' }),
      await connected.pick({ label: 'fastlane' }),
      await connected.pick({ label: 'nightly-reindex' }),
    ];
    connected.between.twist = ({ method, path }, ask) => {
      if (method === 'DELETE' && path.includes('/web/')) return { status: 403, body: '{}' };
      // Deleted, says CircleCI, and lists it all the same.
      if (method === 'DELETE' && path.includes('/mobile/')) return { status: 200, body: '{}' };
      return ask();
    };
    const { deleted, failed } = expectOk(
      await client('token.delete', { ids: [danger.id, fastlane.id, reindex.id], confirm }),
    );
    expect(deleted).toEqual([reindex.id]);
    expect(failed.map(({ id, error }) => [id, error.code])).toEqual([
      [danger.id, 'forbidden'],
      [fastlane.id, 'needs-attention'],
    ]);
    expect(await connected.pick({ id: fastlane.id })).toMatchObject({ state: 'active' });
  });

  test('what is gone already is deleted', async () => {
    await using connected = await connectedCore();
    const { id, remoteId } = await connected.pick({ label: 'danger' });
    await connected.colleague('DELETE', `/api/v1.1/project/gh/tidewater/web/token/${remoteId}`);
    expect(expectOk(await connected.client('token.delete', { ids: [id], confirm })).deleted).toEqual([id]);
    expect(await connected.pick({ id })).toMatchObject({ state: 'revoked' });
  });

  test('a token without an id is not deleted: it could be another one', async () => {
    await using connected = await connectedCore();
    connected.advance(1);
    connected.between.twist = ({ path }, ask) =>
      path.endsWith('/billing/token') ? withRows(ask, ({ id: _none, ...row }) => row) : ask();
    expectOk(await connected.client('sync.run', {}));
    const nameless = (await connected.tokens()).find(({ remoteId }) => remoteId === undefined);
    const { failed } = expectOk(await connected.client('token.delete', { ids: [nameless?.id ?? ''], confirm }));
    expect(failed.map(({ error }) => error.code)).toEqual(['unsupported']);
  });

  test('the token that Rondo signs in with goes last, and its refusal is the proof', async () => {
    await using connected = await connectedCore();
    const [signIn, other] = [await connected.pick({ label: 'rondo' }), await connected.pick({ label: 'terraform' })];
    const deletion = expectOk(await connected.client('token.delete', { ids: [signIn.id, other.id], confirm }));
    expect(deletion).toEqual({ deleted: [other.id, signIn.id], failed: [] });
    const alive = connected.alive();
    expect([signIn, other].map(({ remoteId }) => alive.has(remoteId ?? ''))).toEqual([false, false]);
    expect(connected.between.asked.at(-1)?.path).toBe('/api/v2/me');
    const { sync } = expectOk(await connected.client('sync.run', {}));
    expect(sync.failed).toMatchObject([{ error: { code: 'unauthorized' } }]);
  });

  test('a deletion that cannot be checked is told as one, and the next list makes it certain', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const order = { project: 'gh/tidewater/web', scope: 'admin', label: 'ours', keep: false } as const;
    const { token } = expectOk(await client('token.create-project', order));
    connected.advance(1);
    let deleted = false;
    connected.between.twist = ({ method }, ask) => {
      if (deleted) return { status: 500, body: '' };
      deleted = method === 'DELETE';
      return ask();
    };
    const { failed } = expectOk(await client('token.delete', { ids: [token.id], confirm }));
    expect(failed).toMatchObject([{ error: { code: 'needs-attention' } }]);
    expect(failed[0]?.error.message).not.toMatch(/Nothing was changed/);
    const { entries } = expectOk(await client('audit.list', { token: token.id }));
    expect(entries.at(-1)).toMatchObject({ action: 'token.deleted', outcome: 'failed', detail: 'needs-attention' });
    connected.between.twist = undefined;
    connected.advance(1);
    expectOk(await client('sync.run', {}));
    expect(await connected.pick({ id: token.id })).toMatchObject({ state: 'revoked', hasValue: 'none' });
  });

  test('a deletion that CircleCI refused leaves a token that somebody else deletes later: gone, not revoked', async () => {
    await using connected = await connectedCore();
    const { id, remoteId = '' } = await connected.pick({ label: 'fastlane' });
    await connected.faults({ add: ['error=403@DELETE /'] });
    const { failed } = expectOk(await connected.client('token.delete', { ids: [id], confirm }));
    expect(failed).toMatchObject([{ error: { code: 'forbidden' } }]);
    await connected.faults({ clear: true });
    const { project } = await connected.pick({ id });
    await connected.colleague('DELETE', `/api/v1.1/project/${project}/token/${remoteId}`);
    connected.advance(1);
    expectOk(await connected.client('sync.run', {}));
    expect(await connected.pick({ id })).toMatchObject({ state: 'gone' });
  });

  test('the sign-in token that still answers is not called deleted', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'rondo' });
    connected.between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());
    const { failed } = expectOk(await connected.client('token.delete', { ids: [id], confirm }));
    expect(failed).toMatchObject([{ error: { code: 'needs-attention' } }]);
    connected.between.twist = ({ method, path }, ask) =>
      method === 'DELETE' ? { status: 200, body: '{}' } : path === '/api/v2/me' ? { status: 500, body: '' } : ask();
    const unanswered = expectOk(await connected.client('token.delete', { ids: [id], confirm }));
    expect(unanswered.failed).toMatchObject([{ error: { code: 'needs-attention' } }]);
    expect(await connected.pick({ id })).toMatchObject({ state: 'active' });
  });

  test('a sign-in token that nobody knew to be one is deleted: that the list refuses Rondo now is the proof', async () => {
    await using connected = await connectedCore();
    connected.advance(1);
    connected.between.twist = ({ method, path }, ask) =>
      method === 'GET' && path.endsWith('/user/token')
        ? withRows(ask, (row) => ({ ...row, id: row.label === 'rondo' ? 'another-id' : row.id }))
        : path.endsWith('another-id')
          ? deleteSignIn(ask)
          : ask();
    const deleteSignIn = async (_ask: unknown) => {
      await connected.colleague('DELETE', `/api/v1/user/token/${signIn.remoteId}`);
      return { status: 200, body: '{}' };
    };
    const signIn = await connected.pick({ label: 'rondo' });
    expectOk(await connected.client('sync.run', {}));
    const unknown = await connected.pick({ label: 'rondo', state: 'active' });
    expect(unknown.id).not.toBe(signIn.id);
    const deletion = expectOk(await connected.client('token.delete', { ids: [unknown.id], confirm }));
    expect(deletion).toEqual({ deleted: [unknown.id], failed: [] });
  });
});
