import { describe, expect, test } from 'vitest';
import { oldTokenFate } from '../../../shared/old-token-fate.ts';
import { alike, byHand, bytes, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

/** CircleCI answered Rondo's own deletion with a yes, and from then on it keeps its list to itself. */
async function deletedUnseen(connected: ConnectedCore, wanted: { label: string }, status: number) {
  const old = await connected.pick(wanted);
  let isDeleted = false;
  connected.between.twist = async ({ method, path }, ask) => {
    if (isDeleted && method === 'GET' && path.endsWith('/token')) return { status, body: '{}' };
    const said = await ask();
    isDeleted ||= method === 'DELETE';
    return said;
  };
  const stuck = await connected.rotate(old);
  expect(stuck).toMatchObject({ state: 'needs-attention', guide: { act: 'delete' } });
  expect(stuck.steps.find(({ state }) => state === 'failed')?.name).toBe('prove-old-gone');
  return { old, stuck };
}

const unproved = 'the old token is said to be deleted, which nothing has proved: it may still work';
const said = { asked: 'the person who looked on its page', ok: false };

describe('a deletion that CircleCI affirmed and no list proves', () => {
  test.each([
    ['personal', { label: 'circleci-cli' }, 404],
    ['personal', { label: 'circleci-cli' }, 403],
    ['project', { label: 'danger' }, 403],
    ['project', { label: 'danger' }, 404],
  ])('of a %s token is said by the person (%o, %i)', async (_kind, wanted, status) => {
    await using connected = await connectedCore();
    const { old, stuck } = await deletedUnseen(connected, wanted, status);
    expect(stuck.guide?.line).toMatch(/^CircleCI answered that the old token .* is deleted/);
    const ended = await tell(connected, stuck, { confirm: 'deleted' });
    expect(ended).toMatchObject({ state: 'done', guided: false });
    expect(ended.receipt?.proofs.at(-1)).toMatchObject(said);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    expect((await connected.pick({ id: old.id })).state).toBe('revoked');
  });

  test('is not believed against a list that has it, nor against its own value', async () => {
    await using connected = await connectedCore();
    const { between, client } = connected;
    const old = await connected.pick({ label: 'circleci-cli' });
    const value = bytes(connected.alive().get(old.remoteId ?? '')?.value ?? '');
    expectOk(await client('token.adopt', { id: old.id, value }));
    between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());
    const stuck = await connected.rotate(old);
    const tellAgain = async () =>
      expectFailure(await client('rotation.resume', { ids: [stuck.id], confirm: 'deleted' })).message;
    expect(await tellAgain()).toMatch(/its list does not prove it/);
    between.twist = ({ path }, ask) => (path.endsWith('/token') ? { status: 403, body: '{}' } : ask());
    expect(await tellAgain()).toMatch(/still answers/);
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    expect(await tell(connected, stuck, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
  });

  test.each(['overlap', 'cut-over'] as const)(
    'is not called so where the token still works, in the question nor in the log (%s)',
    async (mode) => {
      await using connected = await connectedCore();
      const { between, client } = connected;
      const old = await connected.pick({ label: 'danger' });
      between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());
      const { id, error } = await connected.rotate(old, { mode });
      expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
      expect(error?.message).toMatch(/does not prove it/);
      expect(error?.hint).toBe('Resume to look again: where it is still listed, it is deleted once more.');
      expect(error?.message).not.toContain('The old token is deleted');
      expect(expectFailure(await client('rotation.abandon', { id })).message).toContain(unproved);
      expectOk(await client('rotation.abandon', { id, confirm: 'ABANDON' }));
      const { entries } = expectOk(await client('audit.list', {}));
      expect(entries.findLast(({ action }) => action === 'rotation.abandoned')?.detail).toContain(unproved);
    },
  );

  test.each(['overlap', 'cut-over'] as const)(
    'is sent again once it is resumed, and then proved (%s)',
    async (mode) => {
      await using connected = await connectedCore();
      const { between } = connected;
      const old = await connected.pick({ label: 'danger' });
      const before = new Set(connected.alive().keys());
      between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());
      await connected.rotate(old, { mode });
      expect(await connected.resume(), 'no more than once each time').toMatchObject([
        { state: 'needs-attention', error: { message: expect.stringContaining('its list does not prove it') } },
      ]);
      expect(between.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(2);
      expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
      between.twist = undefined;
      expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
      await expectReplaced(connected, old, before);
    },
  );

  test('is not sent again where the new token was deleted meanwhile', async () => {
    await using connected = await connectedCore();
    const { between } = connected;
    const old = await connected.pick({ label: 'danger' });
    between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());
    const { replacement = '' } = await connected.rotate(old);
    between.twist = undefined;
    await byHand(connected.sandbox).remove((await connected.pick({ id: replacement })).remoteId ?? '');
    const [resumed] = await connected.resume();
    expect(resumed).toMatchObject({ state: 'needs-attention' });
    expect(resumed?.error?.message).toMatch(/earlier deletion of the old token is not known: it may be gone as well/);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });

  test('is proved all the same once the list answers, without a word', async () => {
    await using connected = await connectedCore();
    await deletedUnseen(connected, { label: 'danger' }, 403);
    connected.between.twist = undefined;
    const [ended] = await connected.resume();
    expect(ended).toMatchObject({ state: 'done' });
    expect(ended?.receipt?.proofs.every(({ ok }) => ok)).toBe(true);
  });
});

/** The next four times; `times`: how often it was. */
function refusedForNow({ between }: ConnectedCore) {
  const seen = { times: 0 };
  between.twist = ({ method, path }, ask) => {
    if (method === 'DELETE') return { status: 200, body: '{}' };
    if (method !== 'GET' || !path.endsWith('/token') || seen.times >= 4) return ask();
    seen.times += 1;
    return { status: 403, body: '{}' };
  };
  return seen;
}

test.each(['overlap', 'cut-over'] as const)(
  'a deletion by hand is not believed where the list is refused for a moment only (%s)',
  async (mode) => {
    await using connected = await connectedCore();
    const { client, sandbox } = connected;
    const old = await connected.pick({ label: 'danger' });
    const begun = await connected.rotate(old, { guided: true, mode });
    const made = async () => tell(connected, begun, { value: (await alike(sandbox, old)).value });
    const waiting = mode === 'overlap' ? await made() : begun;
    expect(waiting).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    const refused = refusedForNow(connected);
    const told = await client('rotation.resume', { ids: [begun.id], confirm: 'deleted' });
    expect(expectFailure(told)).toMatchObject({ message: expect.stringMatching(/still lists the old token/) });
    expect(refused.times).toBe(4);
    await byHand(sandbox).remove(old.remoteId ?? '');
    const ended = await tell(connected, waiting, { confirm: 'deleted' });
    expect(ended).toMatchObject(mode === 'overlap' ? { state: 'done' } : { guide: { act: 'create' } });
  },
);

test('a deletion that CircleCI affirmed is not believed where the list is refused for a moment only', async () => {
  await using connected = await connectedCore();
  const { between, client } = connected;
  const old = await connected.pick({ label: 'danger' });
  between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());
  const stuck = await connected.rotate(old);
  expect(stuck).toMatchObject({ state: 'needs-attention', guide: { act: 'delete' } });
  const refused = refusedForNow(connected);
  const told = await client('rotation.resume', { ids: [stuck.id], confirm: 'deleted' });
  expect(expectFailure(told)).toMatchObject({ message: expect.stringMatching(/its list does not prove it/) });
  expect(refused.times).toBe(4);
  expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
});

test('of one that was deleted by hand nothing is deleted once more: it is said to be looked for', async () => {
  await using connected = await connectedCore();
  const { between, sandbox } = connected;
  const old = await connected.pick({ label: 'danger' });
  const begun = await connected.rotate(old, { guided: true });
  await tell(connected, begun, { value: (await alike(sandbox, old)).value });
  await byHand(sandbox).remove(old.remoteId ?? '');
  let lists = 0;
  between.twist = async ({ method, path }, ask) => {
    const said = await ask();
    const isLater = method === 'GET' && path.endsWith('/token') && lists++ > 0;
    // A row that nobody understands: the list is not complete.
    return isLater ? { ...said, body: said.body.replace('[', '[17,') } : said;
  };
  const stuck = await tell(connected, begun, { confirm: 'deleted' });
  expect(stuck).toMatchObject({
    state: 'needs-attention',
    error: { message: expect.stringMatching(/does not prove it/), hint: 'Resume to look again.' },
  });
  between.twist = undefined;
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
});

test('a deletion on a word alone is not called one while the rotation waits for the new token', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  const begun = await connected.rotate(old, { guided: true, mode: 'cut-over' });
  connected.between.twist = ({ path }, ask) => (path.endsWith('/token') ? { status: 404, body: '{}' } : ask());
  await byHand(connected.sandbox).remove(old.remoteId ?? '');
  const waiting = await tell(connected, begun, { confirm: 'deleted' });
  expect(waiting).toMatchObject({ state: 'waiting', guide: { act: 'create' } });
  expect(oldTokenFate(waiting)).toBe('unproved');
});
