// Every combination of the header's three copies exchanged for those of an older moment or of another vault with the same
// password; and the file cut off at each page.
import { copyFileSync, cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notes } from '../support/damaged-vault.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault, rememberingDeriveKey } from '../support/quick-vault.ts';
import { passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import {
  describeError,
  discard,
  type Examined,
  examine,
  operate,
  type Patient,
  patient,
} from '../support/vault-surgery.ts';

const recordCount = 6;
const copies = ['header_a', 'header_b', 'vault.rondo.header'] as const;
type Copy = (typeof copies)[number];
const combinations = [1, 2, 3, 4, 5, 6, 7].map((mask) => ({
  chosen: copies.filter((_, index) => mask & (1 << index)),
}));

const deriveKey = rememberingDeriveKey();
let vault: Patient;
let other: Patient;
/** The folder as it is now: since `vault` was made its password was changed twice. */
let currentDir: string;
/** Of another vault: by how often its password was changed. */
const others = new Map<number, Buffer>();
beforeAll(async () => {
  [vault, other] = [await patient(recordCount, quickRoot()), await patient(1, quickRoot())];
  currentDir = vault.copy();
  await changePassword(currentDir, 2);
  const otherDir = other.copy();
  others.set(0, headerOf(otherDir));
  await changePassword(otherDir, 5);
  others.set(5, headerOf(otherDir));
});
afterAll(() => {
  vault.dispose();
  other.dispose();
});

async function changePassword(vaultDir: string, times: number): Promise<void> {
  const opened = vaultIn(vaultDir);
  await opened.unlock(passwordBytes());
  for (let time = 0; time < times; time++) await opened.changePassword(passwordBytes(), passwordBytes());
  opened.lock();
}

const headerOf = (vaultDir: string) => readFileSync(join(vaultDir, 'vault.rondo.header'));

/** @returns what an examination says of the vault with these copies exchanged, and of verify without a write before */
async function exchanged(wanted: readonly Copy[], header: Buffer) {
  const fresh = vault.copy();
  for (const name of ['vault.rondo', 'vault.rondo.header']) copyFileSync(join(currentDir, name), join(fresh, name));
  operate(fresh, (database) => {
    for (const copy of wanted) {
      if (copy === 'vault.rondo.header') writeFileSync(join(fresh, copy), header);
      else database.prepare(`UPDATE ${copy} SET header = ?`).run(header);
    }
  });
  const examined = await examine(fresh, withPasswordChanges(), quickVault(fresh, deriveKey));
  discard(fresh);
  expect(examined.wrong).toEqual([]);
  return examined;
}

/** What the log may say besides the records' labels. */
function withPasswordChanges(): Patient['records'] {
  return new Map([...vault.records, ['none', { label: 'vault.password-changed', value: '' }]]);
}

function expectAllReadable(examined: Examined): void {
  expect(examined.opened).toBe(true);
  expect(examined.right.size).toBe(recordCount);
}

describe.each(combinations)('$chosen', ({ chosen }) => {
  const inDatabase = chosen.filter((copy) => copy !== 'vault.rondo.header');

  test('of an older moment', async () => {
    const examined = await exchanged(chosen, headerOf(vault.copy()));
    expectAllReadable(examined);
    if (inDatabase.length === 2) {
      expect(examined).toMatchObject({ outcome: 'vault-damaged rolled-back', verified: 'vault-damaged' });
      expect(examined.damaged).toEqual(['header header: is not the one that the manifest names']);
      return;
    }
    expect(examined.outcome).toBe('done');
    expect(examined.damaged).toEqual(inDatabase.map((copy) => `header ${copy}: differs from the newest copy`));
    // The file alone is what an interrupted change of the password leaves: unlocking has finished it.
    expect(examined.verified).toBe(inDatabase.length === 0 ? 'done' : 'vault-damaged');
  });

  test.each([0, 5])('of another vault whose password was changed %i times', async (times) => {
    const examined = await exchanged(chosen, others.get(times) ?? Buffer.alloc(0));
    if (chosen.length > 1) {
      expect(examined).toMatchObject({ opened: false, outcome: 'vault-damaged header' });
      return;
    }
    expectAllReadable(examined);
    expect(examined).toMatchObject({ outcome: 'done', verified: 'vault-damaged' });
    expect(examined.damaged).toEqual(inDatabase.map((copy) => `header ${copy}: differs from the newest copy`));
  });
});

test('another vault’s file under this one’s header file opens as that other vault, and verify tells', async () => {
  const vaultDir = vault.copy();
  copyFileSync(join(other.copy(), 'vault.rondo'), join(vaultDir, 'vault.rondo'));
  const examined = await examine(vaultDir, other.records, quickVault(vaultDir, deriveKey));
  expect(examined).toMatchObject({ outcome: 'done', wrong: [], verified: 'vault-damaged' });
});

/**
 * How many of the file's first bytes hold each record whole, both sealed parts; each row of the journal; and each entry of the
 * log, all those that say the same as one.
 */
async function endsOfRows(file: Buffer): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>();
  const end = (part: Buffer) => (file.includes(part) ? file.indexOf(part) + part.length : Infinity);
  const copyDir = join(vault.path, 'whole');
  cpSync(currentDir, copyDir, { recursive: true });
  const opened = quickVault(copyDir, deriveKey);
  const actions = (await opened.unlock(passwordBytes())).log().map(({ action }) => action);
  opened.lock();
  operate(copyDir, (database) => {
    const rows = (sql: string) => database.prepare<[], [unknown, ...Buffer[]]>(sql).raw().all();
    for (const [id, ...sealed] of rows('SELECT hex(id), meta, secret FROM record'))
      ends.set(String(id).toLowerCase(), Math.max(...sealed.map(end)));
    for (const [id, ...sealed] of rows('SELECT hex(id), row FROM journal'))
      ends.set(`journal ${String(id).toLowerCase()}`, Math.max(...sealed.map(end)));
    const names = actions.map((action) => `log ${action}`);
    for (const [number, ...sealed] of rows('SELECT number, entry FROM log')) {
      const name = names[Number(number) - 1] ?? '';
      ends.set(name, Math.max(ends.get(name) ?? 0, ...sealed.map(end)));
    }
  });
  return ends;
}

/** What carving gives back, as a vault that is whole. None: there is nothing that opens. */
async function carved(vaultDir: string): Promise<readonly string[]> {
  const into = join(vaultDir, 'carved');
  const credential = { type: 'password', secret: passwordBytes() } as const;
  const found = await vaultIn(vaultDir)
    .carve({ ...notes, into, credential, backups: [] })
    .then(() => 'done', describeError);
  if (found === 'vault-damaged rows') return [];
  expect(found).toBe('done');
  const said = new Map([...withPasswordChanges(), ['carved', { label: 'vault.carved', value: '' }]]);
  const examined = await examine(into, said, quickVault(into, deriveKey));
  expect(examined).toMatchObject({ outcome: 'done', wrong: [], verified: 'done' });
  return [...examined.right, ...examined.others];
}

test('the file cut off at each page, and within each: what stands in what is left is read, or found by carving', async () => {
  const file = readFileSync(join(currentDir, 'vault.rondo'));
  const pages = file.length / 4096;
  expect(pages).toBeGreaterThan(6);
  const ends = await endsOfRows(file);
  expect(ends.size, 'a row of the journal, an entry for each record, and one that several say').toBe(
    2 * recordCount + 2,
  );
  const recovered: number[] = [];
  for (let half = 0; half < 2 * pages; half++) {
    const vaultDir = vault.copy();
    copyFileSync(join(currentDir, 'vault.rondo'), join(vaultDir, 'vault.rondo'));
    truncateSync(join(vaultDir, 'vault.rondo'), half * 2048);
    const examined = await examine(vaultDir, withPasswordChanges(), quickVault(vaultDir, deriveKey));
    const where = `cut off after ${half * 2048} of ${file.length} bytes: ${examined.outcome}`;
    expect(examined.wrong, where).toEqual([]);
    const must = [...ends].filter(([, end]) => end <= half * 2048).map(([id]) => id);
    const found = new Set([...examined.right, ...examined.others, ...(await carved(vaultDir))]);
    expect(
      must.filter((id) => !found.has(id)),
      where,
    ).toEqual([]);
    recovered.push(must.filter((id) => vault.records.has(id)).length);
    expect(examined.outcome, where).toMatch(
      half === 0 ? /^vault-damaged not-a-vault$/ : /^vault-damaged (sqlite|manifest|header|rows)$/,
    );
    discard(vaultDir);
  }
  // Nothing of a record stands in what is left at first, and every record long before the end.
  expect(recovered[0]).toBe(0);
  expect(recovered.at(-1)).toBe(recordCount);
  expect(recovered.filter((count) => count > 0 && count < recordCount).length, `${recovered}`).toBeGreaterThan(0);
});
