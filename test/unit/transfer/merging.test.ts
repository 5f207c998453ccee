import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { TravellingRecord } from '../../../main/transfer/content.ts';
import { tokenRecord } from '../../support/token-records.ts';
import { type TransferVault, transferVault } from '../../support/transfer-vault.ts';

let here: TransferVault;
beforeAll(async () => {
  here = await transferVault();
});
afterAll(() => here[Symbol.dispose]());
beforeEach(() => here.clear());

const bytes = (content: string) => new Uint8Array(Buffer.from(content));
const held = (id: string) => here.session.withSecret(id, (secret) => Buffer.from(secret).toString());
const [a, t, p, r, j] = ['a', 'b', 'c', 'd', '7'].map((letter) => letter.repeat(32)) as [
  string,
  string,
  string,
  string,
  string,
];

const account = (revision: number, change: object = {}, value?: string): TravellingRecord => ({
  id: a,
  kind: 'account',
  revision,
  meta: {
    name: 'work',
    origin: 'https://circleci.com',
    kind: 'cloud',
    login: 'ada',
    userId: 'u1',
    capabilities: {},
    ...change,
  },
  ...(value === undefined ? {} : { value: bytes(value) }),
});
const token = (revision: number, change: object = {}, value?: string): TravellingRecord => {
  const { id: _id, ...meta } = tokenRecord({ account: a });
  return {
    id: t,
    kind: 'token',
    revision,
    meta: { ...meta, ...change },
    ...(value === undefined ? {} : { value: bytes(value) }),
  };
};
const project = (revision: number, id = p): TravellingRecord => ({
  id,
  kind: 'project',
  revision,
  meta: { account: a, slug: 'gh/acme/web', name: 'web', watched: 'added' },
});
const rotation = (revision: number): TravellingRecord => ({
  id: r,
  kind: 'rotation',
  revision,
  meta: {
    ...{ token: t, account: a, place: { kind: 'personal' }, oldRemoteId: 'r', request: { label: 'x' }, keep: false },
    ...{
      mode: 'overlap',
      retire: 'now',
      guided: false,
      state: 'done',
      steps: [],
      proofs: [],
      startedAt: '2026-11-01T00:00:00.000Z',
    },
  },
});
const job = (revision: number, state = 'done'): TravellingRecord => ({
  id: j,
  kind: 'job',
  revision,
  meta: {
    ...{ title: 'Laptop lost', mode: 'overlap', retire: 'now', keep: false, state, refused: [] },
    ...{ startedAt: '2026-11-01T00:00:00.000Z', items: [{ token: t, mode: 'overlap', dangers: [] }] },
  },
});
type Put = Parameters<TransferVault['put']>[0];
const put = (...records: readonly TravellingRecord[]) => here.put(records as Put);
const take = async (...records: readonly TravellingRecord[]) => (await here.import(await here.fileOf(records))).records;
const other = 'e'.repeat(32);

describe('an import', () => {
  test('takes the newer of two states, whichever side it is on', async () => {
    put(account(10), token(20, { label: 'here' }));
    expect(await take(token(19, { label: 'there' }))).toEqual([{ id: t, kind: 'token', act: 'skip', reason: 'older' }]);
    expect(here.session.record(t)?.meta).toMatchObject({ label: 'here' });
    expect(await take(token(20, { label: 'there' }))).toEqual([{ id: t, kind: 'token', act: 'skip', reason: 'same' }]);
    expect(here.session.record(t)?.meta).toMatchObject({ label: 'here' });
    expect(await take(token(21, { label: 'there' }))).toEqual([{ id: t, kind: 'token', act: 'change' }]);
    expect(here.session.record(t)).toMatchObject({ revision: 21, meta: { label: 'there' } });
  });

  test('never takes a value away, nor replaces one', async () => {
    put(account(1, { signInToken: t }, 'own sign-in'), token(1, { held: 'sealed' }, 'not yet taken'));
    const told = await take(account(2, { name: 'newer', signInToken: other }, 'another'), token(2, { owner: 'eve' }));
    expect(told).toEqual([
      { id: a, kind: 'account', act: 'change', valueStays: true },
      { id: t, kind: 'token', act: 'change' },
    ]);
    expect([held(a), held(t)]).toEqual(['own sign-in', 'not yet taken']);
    expect(here.session.record(a)?.meta).toMatchObject({ name: 'newer', signInToken: t });
    expect(here.session.record(t)?.meta).toMatchObject({ owner: 'eve', held: 'sealed' });
  });

  test('lets go of the value of what has ended elsewhere', async () => {
    put(account(1, {}, 'own sign-in'), token(1, { held: 'kept' }, 'kept'));
    const at = '2026-11-20T00:00:00.000Z';
    await take(account(2, { removedAt: at }), token(2, { revokedAt: at, held: 'none' }));
    expect([held(a), held(t)]).toEqual([undefined, undefined]);
    expect(here.session.record(t)?.meta).toMatchObject({ held: 'none', revokedAt: at });
  });

  test('takes over a kept value, under this vault’s own fingerprint', async () => {
    put(account(1));
    const foreign = '0'.repeat(64);
    const path = await here.fileOf([token(1, { held: 'kept', fingerprint: foreign }, 'kept there')], foreign);
    await here.import(path);
    expect(held(t)).toBe('kept there');
    expect(here.session.record(t)?.meta).toMatchObject({ fingerprint: here.session.fingerprint(bytes('kept there')) });
    here.clear();
    put(account(1));
    await here.import(await here.fileOf([token(1, { held: 'kept', fingerprint: foreign })], foreign));
    expect(here.session.record(t)?.meta).toMatchObject({ held: 'none' });
    expect(here.session.record(t)?.meta).not.toHaveProperty('fingerprint');
    await take(token(2, { fingerprint: 'f'.repeat(64) }));
    expect(here.session.record(t)?.meta, 'of this vault’s own making').toMatchObject({ fingerprint: 'f'.repeat(64) });
  });

  test('holds what comes from then on, whatever the other vault knew of it', async () => {
    const theirs = '2025-01-01T00:00:00.000Z';
    const since = () => z.object({ heldAt: z.string().optional() }).parse(here.session.record(t)?.meta).heldAt;
    for (const heldAt of [undefined, theirs]) {
      here.clear();
      put(account(1));
      const before = new Date().toISOString();
      await take(token(1, { held: 'kept', ...(heldAt === undefined ? {} : { heldAt }) }, 'kept there'));
      expect(since() ?? '', 'of this import').toMatch(/^2/);
      expect((since() ?? '') >= before).toBe(true);
      const own = since();
      await take(token(2, { held: 'none' }));
      expect([held(t), since()], 'and never forgets it').toEqual(['kept there', own]);
    }
    here.clear();
    put(account(1));
    await take(token(1, { held: 'none', heldAt: theirs }));
    expect(since(), 'somebody has it: it is no orphan').toBe(theirs);
  });

  test('says that a token was being deleted, and not by which process of which machine', async () => {
    const deletionAt = '2026-11-20T00:00:00.000Z';
    put(account(1), token(1, { deletionAt, deletionBy: '7@ada-laptop' }));
    const { path } = await here.export();
    here.clear();
    await here.import(path);
    expect(here.session.record(t)?.meta).toMatchObject({ deletionAt });
    expect(here.session.record(t)?.meta).not.toHaveProperty('deletionBy');
  });

  test('brings nothing twice under two ids', async () => {
    put(account(1), token(1), project(1));
    const twin = { ...account(5), id: other };
    const twinToken = { ...token(5), id: 'f'.repeat(32) };
    expect(await take(twin, twinToken, project(5, '9'.repeat(32)))).toEqual([
      { id: other, kind: 'account', act: 'skip', reason: 'other-id' },
      { id: '9'.repeat(32), kind: 'project', act: 'skip', reason: 'other-id' },
      { id: 'f'.repeat(32), kind: 'token', act: 'skip', reason: 'other-id' },
    ]);
    expect(Object.keys(here.dump()).sort()).toEqual([a, t, p].sort());
  });

  test('takes a job with the tokens that its report is of, and not without', async () => {
    put(account(1));
    expect(await take(job(1))).toEqual([{ id: j, kind: 'job', act: 'skip', reason: 'no-token' }]);
    expect(here.session.record(j)).toBeUndefined();
    expect(await take(token(1), job(1))).toEqual([
      { id: t, kind: 'token', act: 'add' },
      { id: j, kind: 'job', act: 'add' },
    ]);
  });

  test('skips what does not fit, says why, and does the rest', async () => {
    put(project(1, other));
    here.session.write((transaction) => transaction.putJournal(r, {}));
    const told = await take(
      { ...token(3), meta: { label: 7 } },
      { id: '8'.repeat(32), kind: 'policy', revision: 1, meta: {} },
      { ...account(3), id: other },
      rotation(3),
      account(3),
    );
    expect(told.map(({ kind, act, reason }) => [kind, act, reason])).toEqual([
      ['account', 'skip', 'other-kind'],
      ['account', 'add', undefined],
      ['token', 'skip', 'malformed'],
      ['rotation', 'skip', 'open-here'],
      ['policy', 'skip', 'unknown-kind'],
    ]);
    here.clear();
    const orphans = await take(token(3), project(3), rotation(3));
    expect(new Set(orphans.map(({ reason }) => reason))).toEqual(new Set(['no-account']));
    expect(here.dump()).toEqual({});
  });

  test('is one transaction with one entry in the log, and a dry run is none', async () => {
    const path = await here.fileOf([account(1), token(1)]);
    const before = [here.session.sequence(), here.session.log().length];
    await here.import(path, true);
    expect([here.session.sequence(), here.session.log().length]).toEqual(before);
    await here.import(path);
    expect([here.session.sequence(), here.session.log().length]).toEqual(before.map((count) => count + 1));
    expect(here.session.log().at(-1)).toMatchObject({ action: 'vault.imported' });
  });

  test('waits for nobody who holds the vault: it says so and changes nothing', async () => {
    const path = await here.fileOf([account(1)]);
    await here.session.exclusively(async () => {
      await expect(here.import(path)).rejects.toMatchObject({ code: 'vault-busy' });
    });
    expect(here.dump()).toEqual({});
  });
});

describe('what is inside', () => {
  test('is refused as a whole where it is not what an export holds', async () => {
    const one = account(1);
    const cases: readonly (readonly TravellingRecord[])[] = [
      [one, one],
      [{ ...one, id: 'not an id' }],
      [{ ...one, revision: -1 }],
      [{ ...one, meta: 'text' }],
    ];
    for (const records of cases)
      await expect(take(...records)).rejects.toMatchObject({
        code: 'invalid-input',
        details: { problem: 'malformed' },
      });
    expect(here.dump()).toEqual({});
  });
});
