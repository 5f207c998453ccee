import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { byHand, bytes, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

/** While a rotation waits, a person adds the account again: until a sync nothing says which row its value is. */
async function addAgain({ client, between }: ConnectedCore, value: string): Promise<void> {
  expectOk(await client('account.add', { host: between.url, value: bytes(value) }));
}

/** Of a rotation whose new token answers nobody at first. */
async function unproved(connected: ConnectedCore, label: string): Promise<Rotation> {
  const { between, sandbox } = connected;
  between.twist = ({ path, value }, ask) =>
    path.endsWith('/me') && value !== sandbox.personalToken ? { status: 401, body: '{}' } : ask();
  const rotation = await connected.rotate(await connected.pick({ label }));
  between.twist = undefined;
  expect(rotation).toMatchObject({ state: 'needs-attention' });
  return rotation;
}

const deliverOf = ({ steps }: Rotation) => steps.find(({ name }) => name === 'deliver');

async function expectSignedIn({ client }: ConnectedCore): Promise<void> {
  expect(expectOk(await client('sync.run', {})).sync).toMatchObject({ accounts: 1, projects: 6 });
}

describe('the sign-in token that was given again while its rotation waits', () => {
  test('is replaced there before it is deleted', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'rondo' });
    const before = new Set(connected.alive().keys());
    await unproved(connected, 'rondo');
    await addAgain(connected, connected.sandbox.personalToken);
    const [ended] = await connected.resume();
    expect(ended).toMatchObject({ state: 'done' });
    expect(ended === undefined ? undefined : deliverOf(ended)).toMatchObject({ state: 'done' });
    await expectReplaced(connected, old, before);
    await expectSignedIn(connected);
  });

  test('also where the account was removed in between', async () => {
    await using connected = await connectedCore();
    await unproved(connected, 'rondo');
    expectOk(await connected.client('account.remove', { id: connected.account }));
    await addAgain(connected, connected.sandbox.personalToken);
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectSignedIn(connected);
  });

  test('is no token that a guide says to delete, until Rondo has switched again', async () => {
    await using connected = await connectedCore();
    const { between, sandbox, client } = connected;
    const old = await connected.pick({ label: 'rondo' });
    between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 405, body: '{}' } : ask());
    const begun = await connected.rotate(old);
    expect(begun).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    await addAgain(connected, sandbox.personalToken);
    const [stands] = expectOk(await client('rotation.list', {})).rotations;
    expect(stands).toMatchObject({
      state: 'needs-attention',
      error: { message: expect.stringMatching(/signs in with the old token now|may be the old one/) },
    });
    expect(stands).not.toHaveProperty('guide');
    expect(await connected.resume()).toMatchObject([{ state: 'waiting', guide: { act: 'delete' } }]);
    await byHand(sandbox).remove(old.remoteId ?? '');
    expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
    await expectSignedIn(connected);
  });

  test('also where a person does both acts', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'rondo' });
    const begun = await connected.rotate(old, { guided: true });
    await addAgain(connected, connected.sandbox.personalToken);
    const fresh = await byHand(connected.sandbox).create({ label: 'rondo', scope: 'admin' });
    const made = await tell(connected, begun, { value: fresh.value });
    expect(made).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    expect(deliverOf(made)).toMatchObject({ state: 'done' });
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    expect(await tell(connected, made, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
    await expectSignedIn(connected);
  });

  test('also after Rondo had switched to the new one: it switches once more', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'rondo' });
    const waiting = await connected.rotate(old, { retire: 'taken' });
    expect(deliverOf(waiting)).toMatchObject({ state: 'done' });
    await addAgain(connected, connected.sandbox.personalToken);
    expectOk(await connected.client('token.taken', { id: waiting.replacement ?? '' }));
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    await expectSignedIn(connected);
  });

  test('is not taken for deleted while Rondo signs in with it', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'rondo' });
    const begun = await connected.rotate(old, { guided: true });
    const fresh = await byHand(connected.sandbox).create({ label: 'rondo', scope: 'admin' });
    const made = await tell(connected, begun, { value: fresh.value });
    await addAgain(connected, connected.sandbox.personalToken);
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    const said = await connected.client('rotation.resume', { ids: [made.id], confirm: 'deleted' });
    expect(expectFailure(said)).toMatchObject({
      code: 'needs-attention',
      message: expect.stringMatching(/signs in with the old token now/),
    });
    expect(await connected.resume()).toMatchObject([{ state: 'waiting', guide: { act: 'delete' } }]);
    expect(await tell(connected, made, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
    await expectSignedIn(connected);
  });
});

test('a person who gives Rondo the new sign-in token has delivered it', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'rondo' });
  const before = new Set(connected.alive().keys());
  const { replacement = '' } = await unproved(connected, 'rondo');
  const { remoteId = '' } = await connected.pick({ id: replacement });
  await addAgain(connected, connected.alive().get(remoteId)?.value ?? '');
  const [ended] = await connected.resume();
  expect(ended).toMatchObject({ state: 'done' });
  expect(ended === undefined ? undefined : deliverOf(ended)).toMatchObject({ state: 'skipped' });
  await expectReplaced(connected, old, before);
  await expectSignedIn(connected);
});

test('nothing is deleted while it is unknown what Rondo signs in with', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'circleci-cli' });
  const before = new Set(connected.alive().keys());
  await unproved(connected, 'circleci-cli');
  await addAgain(connected, connected.sandbox.personalToken);
  for (let time = 0; time < 2; time += 1) {
    const [stuck] = await connected.resume();
    expect(stuck).toMatchObject({
      state: 'needs-attention',
      error: { message: expect.stringMatching(/may be the old one/), hint: expect.stringMatching(/^Sync first/) },
    });
    expect(stuck?.error?.message).toMatch(/The old token still works; the new one is in the vault\.$/);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  }
  await expectSignedIn(connected);
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  await expectReplaced(connected, old, before);
  await expectSignedIn(connected);
});
