// Each operation of the disk fails once, one after the other: file operations and the writes of SQLite with each of five
// codes, and whatever else SQLite is asked to do with two of them (with RONDO_LONG_TESTS=1, with all five). It fails before
// it is done and, for what ends a transaction, after it as well (a sync that failed).
// Here: the vault's own file, and the ways into it; vault-failing-disk-files.test.ts has what makes and reads other files.
//
// The errors are made above SQLite, not by the disk: how SQLite itself takes them is seen in vault-disk.test.ts.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { writeCounted } from '../support/counted-writes.ts';
import { type FailingAct, type FailingActs, failingActs, isWrite, unlock } from '../support/failing-acts.ts';
import { fixedKey } from '../support/fixed-key.ts';
import type { Opening } from '../support/seen-opening.ts';
import { passwordBytes } from '../support/temporary-vault.ts';

const opening = vi.hoisted((): Opening => ({ around: undefined }));
vi.mock('better-sqlite3', async (importOriginal) => {
  // The mock stands above every import.
  const { seeingOpening } = await import('../support/seen-opening.ts');
  return seeingOpening(opening, importOriginal);
});
vi.mock('../../main/vault/derive-key.ts', () => ({ createDeriveKey: () => fixedKey }));

let failing: FailingActs;
beforeAll(async () => {
  failing = await failingActs(opening);
});
afterAll(() => failing.dispose());

const base = '3 counted, 0 changed';
const changedOnce = '3 counted, 1 changed';
const changedTwice = '3 counted, 2 changed';

const ways = (['recovery', 'keychain'] as const).flatMap((way): FailingAct[] => [
  {
    name: `add the way ${way}`,
    prepare: unlock,
    act: ({ vault }) => vault.addWay(way, passwordBytes()),
    before: base,
    after: changedOnce,
    async done({ vault }, secret) {
      expect(secret).toBeInstanceOf(Uint8Array);
      await vault.unlock(secret instanceof Uint8Array ? secret : new Uint8Array(0), way);
    },
  },
  {
    name: `remove the way ${way}`,
    async prepare(place) {
      await unlock(place);
      if (!place.vault.ways()[way]) await place.vault.addWay(way, passwordBytes());
    },
    act: ({ vault }) => vault.removeWay(way, passwordBytes()),
    before: changedOnce,
    after: changedTwice,
    async done(place) {
      await unlock(place);
      expect(place.vault.ways()[way]).toBe(false);
    },
  },
]);

const acts: readonly FailingAct[] = [
  {
    name: 'create',
    from: 'nothing',
    act: ({ vault }) => vault.create(passwordBytes()),
    before: 'no vault',
    after: '0 counted, 0 changed',
  },
  { name: 'unlock', act: unlock, before: base, after: base },
  {
    name: 'write a value',
    prepare: unlock,
    act: ({ vault }) => writeCounted(vault.session(), 4),
    before: base,
    after: '4 counted, 0 changed',
  },
  {
    name: 'change the password',
    prepare: unlock,
    act: ({ vault }) => vault.changePassword(passwordBytes(), passwordBytes()),
    before: base,
    after: changedOnce,
  },
  {
    name: 'give new keys',
    async prepare(place) {
      await unlock(place);
      if (!place.vault.ways().keychain) await place.vault.addWay('keychain', passwordBytes());
    },
    act: ({ vault }) => vault.reKey(passwordBytes(), []),
    before: changedOnce,
    after: changedTwice,
    locks: true,
    done: (_, gone) => expect(gone).toEqual(['keychain']),
  },
  ...ways,
  { name: 'lock', prepare: unlock, act: ({ vault }) => vault.lock(), before: base, after: base },
];

test.each(acts)('$name, whatever fails', { timeout: 3_600_000 }, async (wanted) => {
  const { operations, codes } = await failing.tryAll(wanted);
  expect([...new Set(operations.map(({ name }) => name))].sort()).toMatchSnapshot();
  expect(operations.filter((one, at) => isWrite(one) && codes[at] !== 5)).toEqual([]);
});
