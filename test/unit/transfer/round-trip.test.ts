import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Dump, type PutRecord, transferVault } from '../../support/transfer-vault.ts';

const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const value = fc.uint8Array({ minLength: 1, maxLength: 80 });
const instant = fc
  .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
  .map((date) => date.toISOString());
const revision = fc.nat(2_000_000_000_000);

interface Content {
  readonly accounts: readonly PutRecord[];
  readonly others: readonly PutRecord[];
}

const account = fc
  .record({ id, revision, value, name: text, login: text, removed: fc.boolean(), at: instant })
  .map((made): PutRecord => {
    const about = { name: made.name, login: made.login, origin: 'https://circleci.com', userId: made.id };
    const meta = { ...about, kind: 'cloud', capabilities: {}, ...(made.removed ? { removedAt: made.at } : {}) };
    return {
      id: made.id,
      revision: made.revision,
      kind: 'account',
      meta,
      ...(made.removed ? {} : { value: made.value }),
    };
  });

const belongings = (accounts: readonly PutRecord[]) => {
  const owner = fc.constantFrom(...accounts.map((one) => one.id));
  const project = fc.record({ id, revision, owner, name: text }).map((made): PutRecord => {
    const meta = { account: made.owner, slug: `gh/acme/${made.id}`, name: made.name, watched: 'followed' };
    return { id: made.id, revision: made.revision, kind: 'project', meta };
  });
  const held = fc.constantFrom('none', 'sealed', 'kept');
  const about = fc.record({ label: text, note: text, tags: fc.array(text, { maxLength: 3 }) });
  const token = fc
    .record({ id, revision, owner, about, held, value, at: instant, revoked: fc.boolean() })
    .map((made): PutRecord => {
      const stands = made.revoked ? { held: 'none', revokedAt: made.at } : { held: made.held };
      const listed = {
        account: made.owner,
        kind: 'personal',
        remoteId: made.id,
        firstSeenAt: made.at,
        lastSeenAt: made.at,
      };
      const meta = { ...listed, ...made.about, ...stands };
      const record = { id: made.id, revision: made.revision, kind: 'token', meta };
      return stands.held === 'none' ? record : { ...record, value: made.value };
    });
  const rotation = fc.record({ id, revision, owner, token: id, at: instant, label: text }).map((made): PutRecord => {
    const request = { label: made.label };
    const what = { token: made.token, account: made.owner, place: { kind: 'personal' }, oldRemoteId: 'r', request };
    const how = { keep: false, mode: 'overlap', retire: 'now', guided: false, state: 'done', steps: [], proofs: [] };
    return { id: made.id, revision: made.revision, kind: 'rotation', meta: { ...what, ...how, startedAt: made.at } };
  });
  return fc.uniqueArray(fc.oneof(project, token, rotation), { maxLength: 25, selector: (one) => one.id });
};

const content: fc.Arbitrary<Content> = fc
  .uniqueArray(account, { minLength: 1, maxLength: 3, selector: (one) => one.id })
  .chain((accounts) => belongings(accounts).map((others) => ({ accounts, others })));

/** What another vault shows of it: sealed values stay where they are. */
function leaving(dump: Dump): Dump {
  return Object.fromEntries(
    Object.entries(dump).map(([key, row]) => {
      const isSealed =
        typeof row.meta === 'object' && row.meta !== null && 'held' in row.meta && row.meta.held === 'sealed';
      return [key, isSealed ? { ...row, meta: { ...Object(row.meta), held: 'none' }, value: undefined } : row];
    }),
  );
}

/** Whose value came along, and only of those, has the fingerprint that the new vault makes of it, and is held from then on. */
function withoutOwnFacts(dump: Dump, fingerprint: (value: Uint8Array) => string): Dump {
  return Object.fromEntries(
    Object.entries(dump).map(([key, row]) => {
      if (row.kind !== 'token') return [key, row];
      const { fingerprint: found, heldAt, ...meta } = Object(row.meta);
      expect(heldAt !== undefined).toBe(row.value !== undefined);
      expect(found).toBe(row.value === undefined ? undefined : fingerprint(Buffer.from(row.value, 'hex')));
      return [key, { ...row, meta }];
    }),
  );
}

test('a vault goes into an export, and comes out of it in another vault as it was', async () => {
  using source = await transferVault();
  using target = await transferVault();
  await fc.assert(
    fc.asyncProperty(content, async ({ accounts, others }) => {
      for (const vault of [source, target]) vault.clear();
      source.put([...others, ...accounts]);
      const { path, report } = await source.export();
      const rows = Object.values(source.dump());
      expect(Object.values(report.records).reduce((sum, count) => sum + count, 0)).toBe(rows.length);

      const foretold = await target.import(path, true);
      expect(target.dump()).toEqual({});
      const done = await target.import(path);
      expect(done).toEqual({ ...foretold, dryRun: false });
      expect(done).toMatchObject({ ownVault: false, counts: { add: rows.length, change: 0, skip: 0 } });
      const expected = leaving(source.dump());
      expect(withoutOwnFacts(target.dump(), target.session.fingerprint)).toEqual(expected);
      expect(Object.values(expected).filter((row) => row.value !== undefined)).toHaveLength(report.values);

      const before = target.dump();
      const again = await target.import(path);
      expect(again.counts).toEqual({ add: 0, change: 0, skip: rows.length });
      expect(new Set(again.records.map(({ reason }) => reason))).toEqual(new Set(rows.length === 0 ? [] : ['same']));
      expect(target.dump()).toEqual(before);
    }),
    { numRuns: 25 },
  );
  expect(target.session.verify()).toMatchObject({ ok: true });
});
