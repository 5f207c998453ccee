import { describe, expect, test } from 'vitest';
import type { NewToken } from '../../../../renderer/state/tokens.ts';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';
import { someToken } from '../../../support/some-token.ts';

const offline = {
  code: 'network',
  message: 'CircleCI was not reached. Nothing was changed.',
  hint: 'Try again.',
} as const;
const made = someToken({ label: 'artifact-mirror' });
const another = someToken();
const wanted: NewToken = {
  kind: 'project',
  account: 'a'.repeat(32),
  project: 'gh/acme/web',
  scope: 'read-only',
  label: made.label,
  keep: false,
};

/** An opened vault, and acts that are answered when the test says so. */
async function opened() {
  const asked = Promise.withResolvers<Result<unknown>>();
  const { store, announce } = bridge({
    ...openVault,
    ...read(1, { ...inventoryOf(), tokens: [made, another] }),
    'token.create-project': () => asked.promise,
    'token.delete': () => asked.promise,
  });
  await store.getState().passwordEntered(new Uint8Array([1]));
  return { store, announce, answer: asked.resolve };
}

const done = { title: 'It was deleted.', when: 'closed' } as const;

describe('an act of a dialog', () => {
  test('done, closes its dialog, and that says it', async () => {
    const { store, answer } = await opened();
    store.getState().opened({ open: 'delete', ids: [made.id] });
    const acting = store.getState().dialogActed(() => store.getState().deletionConfirmed([made.id], 'DELETE'), done);
    answer(success({ deleted: [made.id], failed: [] }));
    expect(await acting).toBeUndefined();
    expect(store.getState()).toMatchObject({ overlay: { open: 'none' }, notes: [] });
  });

  test('failed, is said by its dialog, which stays', async () => {
    const { store, answer } = await opened();
    store.getState().opened({ open: 'delete', ids: [made.id] });
    const acting = store.getState().dialogActed(() => store.getState().deletionConfirmed([made.id], 'DELETE'), done);
    answer(failure(offline));
    expect(await acting).toEqual(offline);
    expect(store.getState()).toMatchObject({ overlay: { open: 'delete' }, notes: [] });
  });

  test('failed after its dialog was closed, is said in a note', async () => {
    const { store, answer } = await opened();
    store.getState().opened({ open: 'delete', ids: [made.id] });
    const acting = store.getState().dialogActed(() => store.getState().deletionConfirmed([made.id], 'DELETE'), done);
    store.getState().closed();
    answer(failure(offline));
    expect(await acting).toBeUndefined();
    expect(store.getState().notes).toMatchObject([{ tone: 'danger', title: offline.message, text: offline.hint }]);
  });

  test('done after its dialog was closed, leaves the dialog that is open by then, and is said in a note', async () => {
    const { store, answer } = await opened();
    store.getState().opened({ open: 'delete', ids: [made.id] });
    const acting = store.getState().dialogActed(() => store.getState().deletionConfirmed([made.id], 'DELETE'), done);
    store.getState().closed();
    // The same kind of dialog, about something else.
    store.getState().opened({ open: 'delete', ids: ['b'.repeat(32)] });
    answer(success({ deleted: [made.id], failed: [] }));
    await acting;
    expect(store.getState()).toMatchObject({
      overlay: { open: 'delete', ids: ['b'.repeat(32)] },
      notes: [{ tone: 'plain', title: done.title }],
    });
  });

  test('what ends after a lock is not told at the door', async () => {
    const { store, announce, answer } = await opened();
    store.getState().opened({ open: 'delete', ids: [made.id] });
    const acting = store.getState().dialogActed(() => store.getState().deletionConfirmed([made.id], 'DELETE'), done);
    announce({ event: 'vault.changed', revision: 2, value: { path: '/v', exists: true, locked: true } });
    answer(failure(offline));
    await acting;
    expect(store.getState().notes).toEqual([]);
  });
});

describe('a token that was created', () => {
  test('is offered to be taken in place of the dialog that asked for it', async () => {
    const { store, answer } = await opened();
    store.getState().opened({ open: 'create', kind: 'project' });
    const acting = store.getState().tokenCreated(wanted);
    answer(success({ token: made }));
    await acting;
    expect(store.getState()).toMatchObject({ cursor: made.id, overlay: { open: 'take', token: made.id }, notes: [] });
  });

  test('while another value is being taken, leaves that dialog, and says where its own value is', async () => {
    const { store, answer } = await opened();
    store.getState().opened({ open: 'create', kind: 'project' });
    const acting = store.getState().tokenCreated(wanted);
    store.getState().closed();
    store.getState().opened({ open: 'take', token: another.id });
    answer(success({ token: made }));
    expect(await acting).toBeUndefined();
    expect(store.getState()).toMatchObject({
      overlay: { open: 'take', token: another.id },
      notes: [{ title: expect.stringContaining(`${made.label} was created. Its value is sealed`) }],
    });
  });

  test('or was not, is said in a note where the dialog was closed', async () => {
    const { store, answer } = await opened();
    store.getState().opened({ open: 'create', kind: 'project' });
    const acting = store.getState().tokenCreated(wanted);
    store.getState().closed();
    answer(failure(offline));
    expect(await acting).toBeUndefined();
    expect(store.getState().notes).toMatchObject([{ tone: 'danger', title: offline.message }]);
  });
});
