import { expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced, heldValue } from '../../support/expect-replaced.ts';
import { withRows } from '../../support/in-between.ts';

test('Rondo replaces its own sign-in token and goes on with the new one', async () => {
  await using connected = await connectedCore();
  const { client, sandbox, between } = connected;
  const old = await connected.pick({ label: 'rondo' });
  const before = connected.alive();

  const rotation = await connected.rotate(old);

  expect(rotation.state).toBe('done');
  expect(rotation.steps[3]).toMatchObject({
    name: 'deliver',
    state: 'done',
    detail: 'Rondo signs in with the new token',
  });
  expect(rotation.receipt?.proofs.at(-1)).toMatchObject({
    what: 'the old token is refused',
    asked: 'GET /api/v2/me',
    answered: '401',
    ok: true,
  });
  const fresh = await expectReplaced(connected, old, new Set(before.keys()));
  expect(await heldValue(connected, old.id), 'the old value is forgotten').toBeUndefined();
  const deletion = between.asked.findLast(({ method }) => method === 'DELETE');
  expect(deletion?.value, 'the new token deletes the old one').toBe(fresh.value);

  const asked = between.asked.length;
  expect(expectOk(await client('sync.run', {})).sync.projects).toBe(6);
  const values = new Set(between.asked.slice(asked).map(({ value }) => value));
  expect(values).toEqual(new Set([fresh.value]));
  expect(values).not.toContain(sandbox.personalToken);

  const again = await connected.rotate(await connected.pick({ rotatedFrom: old.id }));
  expect(again, 'the new one is known to be the sign-in token at once').toMatchObject({ state: 'done' });
  expect(again.steps[3]?.state).toBe('done');
});

test('taking the new sign-in token lets the vault forget it, and Rondo still signs in with it', async () => {
  await using connected = await connectedCore();
  const { replacement = '' } = await connected.rotate(await connected.pick({ label: 'rondo' }));
  expectOk(await connected.client('token.taken', { id: replacement }));
  expect(expectFailure(await connected.client('token.take', { id: replacement })).code).toBe('not-found');
  expect(expectOk(await connected.client('sync.run', {})).sync.accounts).toBe(1);
});

test.each([false, true])(
  'given up after the switch, the old value is not kept (given again in between: %s)',
  async (isTwice) => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const old = await connected.pick({ label: 'rondo' });
    expect(old.hasValue).toBe('none');
    const { id } = await connected.rotate(old, { retire: 'taken' });
    const hasValue = async () => (await connected.pick({ id: old.id })).hasValue;
    expect(await hasValue(), 'while it goes on').toBe('kept');
    if (isTwice) {
      const value = new TextEncoder().encode(sandbox.personalToken);
      expectOk(await client('account.add', { host: between.url, value }));
      expect(await connected.resume()).toMatchObject([{ state: 'waiting' }]);
    }
    expectOk(await client('rotation.abandon', { id, confirm: 'ABANDON' }));
    expect(await hasValue()).toBe('none');
    expect(expectOk(await client('sync.run', {})).sync.accounts).toBe(1);
  },
);

test('a personal token is not rotated while it is unknown which one Rondo signs in with', async () => {
  await using connected = await connectedCore();
  // The id inside the sign-in value is on no row any more.
  connected.advance(1);
  connected.between.twist = ({ method, path }, ask) =>
    method === 'GET' && path.endsWith('/user/token')
      ? withRows(ask, (row) => (row.label === 'rondo' ? { ...row, id: 'renamed' } : row))
      : ask();
  expectOk(await connected.client('sync.run', {}));
  const before = connected.alive();
  for (const label of ['circleci-cli', 'rondo']) {
    const rotation = await connected.rotate(await connected.pick({ label, state: 'active' }));
    expect(rotation).toMatchObject({ state: 'failed', error: { code: 'unsupported' } });
  }
  expect(connected.alive()).toEqual(before);
  const project = await connected.rotate(await connected.pick({ label: 'danger' }));
  expect(project.state, 'a project token can be').toBe('done');
});

test('a sign-in token whose value holds no id is known by its tail, where the list shows tails and only one has it', async () => {
  await using connected = await connectedCore();
  const { client, between, sandbox } = connected;
  const legacy = sandbox.tokens().find(({ label }) => label === 'old-laptop');
  expectOk(await client('account.add', { host: between.url, value: new TextEncoder().encode(legacy?.value) }));
  const showTails = (twin: boolean) => {
    between.twist = ({ method, path }, ask) =>
      method === 'GET' && path.endsWith('/user/token')
        ? withRows(ask, (row) => {
            const value =
              row.label === 'terraform' && twin ? legacy?.value : connected.alive().get(String(row.id))?.value;
            return { ...row, token: `****${value?.slice(-4)}` };
          })
        : ask();
  };
  showTails(true);
  expectOk(await client('sync.run', {}));
  const old = await connected.pick({ label: 'old-laptop' });
  expect(await connected.rotate(old), 'two rows have it').toMatchObject({ error: { code: 'unsupported' } });
  showTails(false);
  expectOk(await client('sync.run', {}));
  const before = new Set(connected.alive().keys());
  const rotation = await connected.rotate(old);
  expect(rotation).toMatchObject({ state: 'done' });
  expect(rotation.steps[3]).toMatchObject({ name: 'deliver', state: 'done' });
  await expectReplaced(connected, old, before);
});

test('a sign-in token that may only read leaves every creation to a person', async () => {
  await using connected = await connectedCore();
  const { client } = connected;
  const { token } = expectOk(
    await client('token.create-personal', { account: connected.account, label: 'reader', access: 'read', keep: true }),
  );
  const value = expectOk(await client('token.take', { id: token.id })).value;
  expectOk(await client('account.add', { host: connected.between.url, value }));
  const before = connected.alive();
  expect(await connected.rotate(await connected.pick({ label: 'danger' }))).toMatchObject({
    state: 'waiting',
    guide: { act: 'create' },
    error: { code: 'forbidden' },
  });
  expect(connected.alive()).toEqual(before);
});
