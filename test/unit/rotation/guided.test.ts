import { describe, expect, test } from 'vitest';
import type { Token } from '../../../shared/contract/token.ts';
import { alike, byHand, bytes, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

const guided = { guided: true } as const;

/** Requests that change something on CircleCI. */
function changes({ between }: ConnectedCore): string[] {
  return between.asked.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
}

describe.each<[string, Partial<Token>, string]>([
  ['a project token', { label: 'danger' }, '/settings/project/github/tidewater/web/api'],
  ['a status token', { scope: 'status', project: 'gh/tidewater/web' }, '/settings/project/github/tidewater/web/api'],
  ['a personal token', { label: 'circleci-cli' }, '/settings/user/tokens'],
  ["Rondo's own sign-in token", { label: 'rondo' }, '/settings/user/tokens'],
])('a guided rotation of %s', (_name, wanted, page) => {
  test('waits for each act on its page, looks after it, and does all else', async () => {
    await using connected = await connectedCore();
    const { between, sandbox } = connected;
    const old = await connected.pick(wanted);
    const before = new Set(connected.alive().keys());

    const begun = await connected.rotate(old, guided);
    expect(begun).toMatchObject({
      state: 'waiting',
      guided: true,
      byHand: ['create', 'retire-old'],
      guide: { act: 'create', url: `${between.url}${page}`, line: expect.stringContaining(`"${old.label}"`) },
    });
    expect(begun.steps[1]).toMatchObject({ name: 'create', state: 'waiting' });
    expect(await connected.resume(), 'without a word nothing happens').toEqual([begun]);

    const fresh = await alike(connected.sandbox, old);
    const made = await tell(connected, begun, { value: `  "${fresh.value}"\n` });
    expect(made).toMatchObject({ state: 'waiting', guide: { act: 'delete', url: `${between.url}${page}` } });
    expect(made.guide?.line).toContain(`created ${old.createdAt?.slice(0, 10)}`);
    expect(made.steps.find(({ name }) => name === 'prove-new')?.state).toBe('done');

    const early = await connected.client('rotation.resume', { ids: [begun.id], confirm: 'deleted' });
    expect(expectFailure(early)).toMatchObject({
      code: 'needs-attention',
      message: expect.stringMatching(/still lists the old token/),
    });
    expect(expectOk(await connected.client('rotation.list', {})).rotations).toEqual([made]);

    await byHand(sandbox).remove(old.remoteId ?? '');
    const ended = await tell(connected, begun, { confirm: 'deleted' });
    expect(ended.state).toBe('done');
    expect(ended).not.toHaveProperty('guide');
    expect(ended.receipt?.proofs.at(-1)).toMatchObject({ ok: true });
    expect(changes(connected), 'Rondo changed nothing itself').toEqual([]);
    expect((await expectReplaced(connected, old, before)).id).toBe(fresh.id);
  });
});

test('the cloud has its pages on a name of their own', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  const [planned] = expectOk(
    await connected.client('rotation.start', { ids: [old.id], keep: false, dryRun: true, ...guided }),
  ).rotations;
  expect(planned).toMatchObject({ state: 'planned', guided: true, byHand: ['create', 'retire-old'] });
  expect(planned).not.toHaveProperty('guide');
});

describe('a guided rotation in cut-over', () => {
  test('waits for the old one to be deleted first', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const begun = await connected.rotate(old, { ...guided, mode: 'cut-over' });
    expect(begun).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    const gone = await tell(connected, begun, { confirm: 'deleted' });
    expect(gone).toMatchObject({ state: 'waiting', guide: { act: 'create' } });
    expect(await connected.pick({ id: old.id })).toMatchObject({ state: 'revoked' });
    const fresh = await alike(connected.sandbox, old);
    expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ state: 'done' });
    await expectReplaced(connected, old, before);
  });
});

describe('a guided rotation that deletes later', () => {
  test('asks for the deletion once its time has come', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const begun = await connected.rotate(old, { ...guided, retire: 3_600_000 });
    const made = await tell(connected, begun, { value: (await alike(connected.sandbox, old)).value });
    expect(made).toMatchObject({ state: 'waiting', retireDueAt: '2026-11-23T09:00:00.000Z' });
    expect(made).not.toHaveProperty('guide');
    const early = await connected.client('rotation.resume', { ids: [begun.id], confirm: 'deleted' });
    expect(expectFailure(early).code).toBe('invalid-input');
    connected.advance(3_600_000);
    expect(await connected.resume()).toMatchObject([{ state: 'waiting', guide: { act: 'delete' } }]);
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
  });

  test('asks for the deletion once the new value was taken', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const begun = await connected.rotate(old, { ...guided, retire: 'taken' });
    const { replacement = '', ...made } = await tell(connected, begun, {
      value: (await alike(connected.sandbox, old)).value,
    });
    expect(made).not.toHaveProperty('guide');
    expectOk(await connected.client('token.taken', { id: replacement }));
    expect(await connected.resume()).toMatchObject([{ state: 'waiting', guide: { act: 'delete' } }]);
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
  });
});

describe('a value that was pasted', () => {
  /** The rotation waits as before, and nothing of the value is kept. */
  async function expectRefused(connected: ConnectedCore, id: string, value: string, says: RegExp): Promise<void> {
    const list = async () => [
      expectOk(await connected.client('rotation.list', {})).rotations,
      (await connected.tokens()).map((token) => ({ ...token, lastSeenAt: '', lastUsedAt: '' })),
    ];
    const before = await list();
    const pasted = bytes(value);
    const error = expectFailure(await connected.client('rotation.resume', { ids: [id], value: pasted }));
    expect(error, value).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(says) });
    expect(JSON.stringify(error)).not.toContain(value);
    expect(
      pasted.every((byte) => byte === 0),
      'it is overwritten',
    ).toBe(true);
    expect(await list()).toEqual(before);
  }

  test('must be a new one of this project and scope', async () => {
    await using connected = await connectedCore();
    const { sandbox } = connected;
    const old = await connected.pick({ label: 'danger' });
    const held = await connected.client('token.create-project', {
      project: 'gh/tidewater/web',
      scope: 'read-only',
      label: 'danger',
      keep: true,
    });
    const { id } = await connected.rotate(old, guided);
    const alive = [...connected.alive().values()];
    const valueIn = (remoteId?: string) => alive.find((token) => token.id === remoteId)?.value ?? '';
    const other = await byHand(sandbox).create({ label: 'danger', scope: 'all', project: 'gh/tidewater/web' });
    const elsewhere = await byHand(sandbox).create({
      label: 'danger',
      scope: 'view-builds',
      project: 'gh/tidewater/api',
    });
    await expectRefused(connected, id, 'hello', /shape/);
    await expectRefused(connected, id, sandbox.personalToken, /personal token, not a project one/);
    await expectRefused(connected, id, valueIn(old.remoteId), /knows that value|was there before/);
    await expectRefused(connected, id, valueIn(expectOk(held).token.remoteId), /knows that value/);
    await expectRefused(
      connected,
      id,
      valueIn((await connected.pick({ label: 'grafana-exporter', project: 'gh/tidewater/web' })).remoteId),
      /was there before/,
    );
    await expectRefused(connected, id, other.value, /another scope/);
    await byHand(sandbox).remove(other.id);
    await expectRefused(connected, id, elsewhere.value, /no new token/);
    await expectRefused(connected, id, other.value, /no new token/);
  });

  test('is not believed to be that of a token which Rondo has just made beside it', async () => {
    await using connected = await connectedCore();
    // Its value has no id inside, and a badge does not tell one value from another.
    const old = await connected.pick({ scope: 'status', project: 'gh/tidewater/web' });
    const { id } = await connected.rotate(old, guided);
    const beside = { project: 'gh/tidewater/web', scope: 'status', label: old.label, keep: true } as const;
    expectOk(await connected.client('token.create-project', beside));
    const value = connected.alive().get(old.remoteId ?? '')?.value ?? '';
    await expectRefused(connected, id, value, /no new token/);
  });

  test('of somebody else is refused', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.rotate(await connected.pick({ label: 'circleci-cli' }), guided);
    const jonas = [...connected.alive().values()].find(({ label }) => label === 'jonas-laptop');
    await expectRefused(connected, id, jonas?.value ?? '', /no new token|another user/);
  });

  test('that a sync has listed in the meantime becomes that row', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const begun = await connected.rotate(old, guided);
    const fresh = await alike(connected.sandbox, old);
    connected.advance(1_000);
    expectOk(await connected.client('sync.run', {}));
    const listed = await connected.pick({ remoteId: fresh.id });
    const { replacement } = await tell(connected, begun, { value: fresh.value });
    expect(replacement).toBe(listed.id);
    expect((await connected.tokens()).filter(({ remoteId }) => remoteId === fresh.id)).toMatchObject([
      { id: listed.id, hasValue: 'sealed', rotatedFrom: old.id, firstSeenAt: listed.firstSeenAt },
    ]);
  });

  test('is for a rotation that waits for it', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger' });
    const { id } = await connected.rotate(old, { retire: 'taken' });
    const fresh = await alike(connected.sandbox, old);
    for (const said of [{ value: bytes(fresh.value) }, { confirm: 'deleted' }, { confirm: 'authorized' }] as const) {
      expect(expectFailure(await client('rotation.resume', { ids: [id], ...said })).code).toBe('invalid-input');
    }
    const both = { ids: [id], value: bytes('x'), confirm: 'deleted' as const };
    expect(expectFailure(await client('rotation.resume', both)).code).toBe('invalid-input');
    expect(expectFailure(await client('rotation.resume', { ids: [], confirm: 'deleted' })).code).toBe('invalid-input');
  });
});
