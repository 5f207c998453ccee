import { describe, expect, test } from 'vitest';
import { signInByBrowser } from '../../support/browser.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { expectReplaced, heldValue } from '../../support/expect-replaced.ts';
import type { Said } from '../../support/in-between.ts';
import { twistedSignIns } from '../../support/sign-in-setting.ts';

/** The account has switched, and the switch is not proved yet. */
function isSwitching({ events }: Pick<ConnectedCore, 'events'>): boolean {
  const last = events.findLast(({ event }) => event === 'rotation.changed');
  return (
    last?.event === 'rotation.changed' &&
    last.value.steps.some(({ name, state }) => name === 'deliver' && state === 'running')
  );
}

const answers: [string, Said | undefined][] = [
  ['401', { status: 401, body: '{"message":"Invalid token provided."}' }],
  ['another user', { status: 200, body: '{"id":"00000000-0000-4000-8000-000000000000","login":"eve"}' }],
  ['500', { status: 500, body: '' }],
  ['a page', { status: 200, body: '<html>' }],
  ['nothing', undefined],
];

/** By whom Rondo is signed in. */
async function signInValues(connected: ConnectedCore): Promise<Set<string | undefined>> {
  const asked = connected.between.asked.length;
  expectOk(await connected.client('sync.run', {}));
  return new Set(connected.between.asked.slice(asked).map(({ value }) => value));
}

describe("the switch to Rondo's new sign-in token", () => {
  test.each(answers)('is taken back when the first request is answered with %s', async (_what, said) => {
    await using connected = await connectedCore();
    const { between, sandbox } = connected;
    const old = await connected.pick({ label: 'rondo' });
    const before = new Set(connected.alive().keys());
    between.twist = ({ path }, ask) => (path.endsWith('/me') && isSwitching(connected) ? said : ask());
    const stuck = await connected.rotate(old);
    expect(stuck).toMatchObject({ state: 'needs-attention' });
    expect(stuck.steps[3]).toMatchObject({ name: 'deliver', state: 'failed' });
    expect(stuck.error?.message).toMatch(/signs in with the old token again/);
    between.twist = undefined;

    expect(await signInValues(connected)).toEqual(new Set([sandbox.personalToken]));
    expect(
      [...before].every((id) => connected.alive().has(id)),
      'nothing was deleted',
    ).toBe(true);
    expect(await heldValue(connected, old.id), 'the old value is no longer held').toBeUndefined();
    const { replacement = '' } = stuck;
    expect(await heldValue(connected, replacement)).toBeDefined();

    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    const fresh = await expectReplaced(connected, old, before);
    expect(await signInValues(connected)).toEqual(new Set([fresh.value]));
  });

  test('is proved by a request that the account signs', async () => {
    await using connected = await connectedCore();
    const { receipt } = await connected.rotate(await connected.pick({ label: 'rondo' }));
    expect(receipt?.proofs).toContainEqual(
      expect.objectContaining({
        what: 'Rondo signs in with the new token',
        asked: 'GET /api/v2/me',
        answered: '200, the same user',
        ok: true,
      }),
    );
  });

  test('a value that was kept before stays kept when the switch is taken back', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const old = await connected.pick({ label: 'rondo' });
    const value = new TextEncoder().encode(sandbox.personalToken);
    expectOk(await client('token.adopt', { id: old.id, value }));
    between.twist = ({ path }, ask) =>
      path.endsWith('/me') && isSwitching(connected) ? { status: 401, body: '{}' } : ask();
    await connected.rotate(old);
    expect(await heldValue(connected, old.id)).toBe(sandbox.personalToken);
  });

  test('a value that waited to be taken waits again when the switch is taken back', async () => {
    await using connected = await connectedCore();
    const first = await connected.rotate(await connected.pick({ label: 'rondo' }));
    const old = await connected.pick({ id: first.replacement ?? '' });
    expect(old.hasValue).toBe('sealed');
    connected.between.twist = ({ path }, ask) =>
      path.endsWith('/me') && isSwitching(connected) ? { status: 401, body: '{}' } : ask();
    expect(await connected.rotate(old)).toMatchObject({ state: 'needs-attention' });
    expect(await connected.pick({ id: old.id })).toMatchObject({ hasValue: 'sealed' });
    expect(await heldValue(connected, old.id)).toBeDefined();
  });

  test('an account that signed in with the browser still says so when the switch is taken back', async () => {
    let isRefusing = false;
    const { client, url, accounts, ...core } = await twistedSignIns(
      () => (asked, ask) =>
        isRefusing && asked.path.endsWith('/me') && isSwitching(core) ? { status: 401, body: '{}' } : ask(),
    );
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    expectOk(await client('sync.run', {}));
    const [before] = await accounts();
    expect(before?.browserSignIn).toBeDefined();
    const { tokens } = expectOk(await client('token.list', {}));
    const old = tokens.find(({ label }) => label === 'Rondo');
    isRefusing = true;
    const order = { ids: [old?.id ?? ''], keep: false, dryRun: false };
    const { rotations } = expectOk(await client('rotation.start', order));
    expect(rotations).toMatchObject([{ state: 'needs-attention' }]);
    expect((await accounts())[0]).toMatchObject({ id, browserSignIn: before?.browserSignIn });
    isRefusing = false;
    expect(expectOk(await client('rotation.resume', { ids: [] })).rotations).toMatchObject([{ state: 'done' }]);
    expect((await accounts())[0]?.browserSignIn).toBeUndefined();
  });
});

test('an account whose only token expires within a day is signed in with one that lives as long as that had', async () => {
  await using connected = await connectedCore();
  const { client, between } = connected;
  const terraform = [...connected.alive().values()].find(({ label }) => label === 'terraform');
  const value = new TextEncoder().encode(terraform?.value);
  expectOk(await client('account.add', { host: between.url, value }));
  expectOk(await client('sync.run', {}));
  const old = await connected.pick({ label: 'terraform' });
  const before = new Set(connected.alive().keys());
  expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  const fresh = await expectReplaced(connected, old, before);
  expect(await signInValues(connected)).toEqual(new Set([fresh.value]));
  const { createdAt = '', expiresAt = '' } = old;
  const replacement = await connected.pick({ rotatedFrom: old.id });
  const life = (from: string, to: string) => Date.parse(to) - Date.parse(from);
  expect(life(replacement.createdAt ?? '', replacement.expiresAt ?? '')).toBe(life(createdAt, expiresAt));
});
