import { describe, expect, test } from 'vitest';
import { byHand, bytes, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced, heldValue } from '../../support/expect-replaced.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import type { Twist } from '../../support/in-between.ts';

/** A host that lacks routes: what it lacks is done by hand, all else by Rondo. */
const lacking =
  (method: string, part: string): Twist =>
  (asked, ask) =>
    asked.method === method && asked.path.includes(part) ? { status: 405, body: '{}' } : ask();

const sent = ({ between }: ConnectedCore, method: string) =>
  between.asked.filter((asked) => asked.method === method).length;

describe('a route that the host lacks', () => {
  test('to delete is found out once, and remembered', async () => {
    await using connected = await connectedCore();
    const { between, sandbox } = connected;
    between.twist = lacking('DELETE', '/token/');
    for (const [label, deletes] of [
      ['danger', 1],
      ['fastlane', 1],
    ] as const) {
      const old = await connected.pick({ label });
      const before = new Set(connected.alive().keys());
      const begun = await connected.rotate(old);
      expect(begun).toMatchObject({ state: 'waiting', guided: true, byHand: ['retire-old'], guide: { act: 'delete' } });
      expect(begun).not.toHaveProperty('error');
      expect(sent(connected, 'DELETE')).toBe(deletes);
      await byHand(sandbox).remove(old.remoteId ?? '');
      expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
      await expectReplaced(connected, old, before);
    }
  });

  test('to delete is tried again by whoever resumes without a word', async () => {
    await using connected = await connectedCore();
    const { between } = connected;
    between.twist = lacking('DELETE', '/token/');
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    await connected.rotate(old);
    expect(await connected.resume()).toMatchObject([{ state: 'waiting', guide: { act: 'delete' } }]);
    between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
  });

  test('to create is found out once, and the rest goes by itself', async () => {
    await using connected = await connectedCore();
    const { between, sandbox } = connected;
    between.twist = lacking('POST', '/token');
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const begun = await connected.rotate(old);
    expect(begun).toMatchObject({ state: 'waiting', byHand: ['create'], guide: { act: 'create' } });
    const fresh = await byHand(sandbox).create({ label: 'danger', scope: 'view-builds', project: old.project ?? '' });
    expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ state: 'done' });
    await expectReplaced(connected, old, before);
    expect(await connected.rotate(await connected.pick({ label: 'fastlane' }))).toMatchObject({ state: 'waiting' });
    expect(sent(connected, 'POST')).toBe(1);
  });

  test('a no to what was asked stays a failure, and a person may still do it by hand', async () => {
    await using connected = await connectedCore();
    const { between, sandbox } = connected;
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 409, body: '{}' } : ask());
    const stuck = await connected.rotate(old);
    expect(stuck).toMatchObject({ state: 'needs-attention', guided: false, error: { code: 'refused' } });
    expect(stuck.guide).toMatchObject({ act: 'delete', url: expect.stringMatching(/\/settings\/project\//) });
    await byHand(sandbox).remove(old.remoteId ?? '');
    expect(await tell(connected, stuck, { confirm: 'deleted' })).toMatchObject({ state: 'done', guided: true });
    await expectReplaced(connected, old, before);
  });
});

describe('a host without a list of personal tokens', () => {
  const withoutList: Twist = ({ path }, ask) => (path.includes('/user/token') ? { status: 404, body: '{}' } : ask());
  const rotated = async (connected: ConnectedCore) => {
    const old = await connected.pick({ label: 'circleci-cli' });
    connected.between.twist = withoutList;
    const begun = await connected.rotate(old);
    expect(begun).toMatchObject({ state: 'waiting', byHand: ['create', 'retire-old'], guide: { act: 'create' } });
    const fresh = await byHand(connected.sandbox).create({ label: 'circleci-cli', scope: 'admin' });
    const made = await tell(connected, begun, { value: fresh.value });
    expect(made).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    return { old, fresh, made };
  };

  test("has the person's word, and the receipt says that it is one", async () => {
    await using connected = await connectedCore();
    const { old, fresh, made } = await rotated(connected);
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    const ended = await tell(connected, made, { confirm: 'deleted' });
    expect(ended.state).toBe('done');
    expect(ended.receipt?.proofs.at(-1)).toMatchObject({ asked: 'the person who deleted it', ok: false });
    const replacement = await connected.pick({ rotatedFrom: old.id });
    expect(replacement, 'no list ever had it').toMatchObject({ state: 'unknown' });
    expect(await heldValue(connected, replacement.id)).toBe(fresh.value);
  });

  test('has the refusal of a value that is known', async () => {
    await using connected = await connectedCore();
    const { id, remoteId = '' } = await connected.pick({ label: 'circleci-cli' });
    const value = bytes(connected.alive().get(remoteId)?.value ?? '');
    expectOk(await connected.client('token.adopt', { id, value }));
    const { made } = await rotated(connected);
    const early = await connected.client('rotation.resume', { ids: [made.id], confirm: 'deleted' });
    expect(expectFailure(early)).toMatchObject({
      code: 'needs-attention',
      message: expect.stringMatching(/still answers/),
    });
    await byHand(connected.sandbox).remove(remoteId);
    const ended = await tell(connected, made, { confirm: 'deleted' });
    expect(ended).toMatchObject({ state: 'done' });
    expect(ended.receipt?.proofs.at(-1)).toMatchObject({ answered: '401 and 200', ok: true });
  });

  test('does not take the deletion of the wrong one for it', async () => {
    await using connected = await connectedCore();
    const { fresh, made } = await rotated(connected);
    await byHand(connected.sandbox).remove(fresh.id);
    const answer = await connected.client('rotation.resume', { ids: [made.id], confirm: 'deleted' });
    expect(expectFailure(answer)).toMatchObject({
      code: 'needs-attention',
      message: expect.stringMatching(/The new token is refused/),
    });
  });
});

test('a host without ids is not asked for a minute for what it can never say', async () => {
  const clock = fakeClock();
  await using connected = await connectedCore({ variants: ['no-ids'], clock });
  const old = await connected.pick({ label: 'danger' });
  const value = [...connected.alive().values()].find(({ label }) => label === 'danger')?.id ?? '';
  clock.advance(1_000);
  const slept = clock.sleeps.length;
  const begun = await connected.rotate(old);
  await byHand(connected.sandbox).remove(value);
  expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
  expect(clock.sleeps.slice(slept)).toEqual([]);
});

test('a token that CircleCI gives no id is deleted by hand', async () => {
  await using connected = await connectedCore({ variants: ['no-ids'] });
  const old = await connected.pick({ label: 'danger' });
  const value = [...connected.alive().values()].find(({ label }) => label === 'danger')?.id ?? '';
  connected.advance(1_000);
  const begun = await connected.rotate(old);
  expect(begun).toMatchObject({ state: 'waiting', byHand: ['retire-old'], guide: { act: 'delete' } });
  const early = await connected.client('rotation.resume', { ids: [begun.id], confirm: 'deleted' });
  expect(expectFailure(early).code).toBe('needs-attention');
  await byHand(connected.sandbox).remove(value);
  const ended = await tell(connected, begun, { confirm: 'deleted' });
  expect(ended).toMatchObject({ state: 'done' });
  expect(connected.alive().has(value)).toBe(false);
});
