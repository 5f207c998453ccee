// One wrong byte, anywhere in a locked vault.
//
// Every byte that means something is tried in every run, and of the space within pages that nobody uses one in 16: those
// of the file's head and of the schema on real files, all others by the vault's own reading over bytes in memory, with a
// seeded sample of them on real files again. RONDO_LONG_TESTS=1: every byte, on real files.
//
// A wrong byte of a record costs that record, one of a journal row or a log entry that one. One of SQLite's own costs nothing:
// what the vault does not show, as SQLite cannot follow its structure, is found by carving.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { openEntry } from '../../main/vault/audit-chain.ts';
import { carveVault } from '../../main/vault/carve.ts';
import { carveBlobs } from '../../main/vault/carve-blobs.ts';
import { rowsOfBlobs } from '../../main/vault/carve-rows.ts';
import { readPages } from '../../main/vault/raw-pages.ts';
import { closeUnlocked, type Unlocked, unlockVault } from '../../main/vault/unlock-vault.ts';
import { vaultPaths } from '../../main/vault/vault-paths.ts';
import { createWitness } from '../../main/vault/witness.ts';
import { notes } from '../support/damaged-vault.ts';
import { memoryVault } from '../support/memory-vault.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault, rememberingDeriveKey } from '../support/quick-vault.ts';
import { longTests, seeded } from '../support/seeded.ts';
import { passwordBytes } from '../support/temporary-vault.ts';
import { type Meaning, type Part, pageBytes, readMeanings } from '../support/vault-bytes.ts';
import { discard, type Examined, examine, operate, type Patient, patient } from '../support/vault-surgery.ts';

const recordCount = 3;
const deriveKey = rememberingDeriveKey();
const chance = seeded('vault-flipped-bytes');
const witness = createWitness(systemClock, 'test');
let vault: Patient;
let originalDir: string;
let unlocked: Unlocked;
/** Of the vault before any byte was changed. */
let whole: Carved;
beforeAll(async () => {
  vault = await patient(recordCount, quickRoot());
  originalDir = vault.copy();
  const world = { paths: vaultPaths(vault.copy()), random: systemRandom, deriveKey };
  unlocked = await unlockVault(world, { type: 'password', secret: passwordBytes() });
  whole = carve(readFileSync(join(originalDir, 'vault.rondo')));
  expect([...whole.records.keys()].sort()).toEqual([...vault.records.keys()].sort());
  expect(whole.others.size, 'a row of the journal, and an entry for each record').toBe(1 + recordCount);
  const header = readFileSync(join(originalDir, 'vault.rondo.header'));
  const examined = await examineFiles(readFileSync(join(originalDir, 'vault.rondo')), header);
  expect(examined.others).toEqual(whole.others);
});
afterAll(() => {
  closeUnlocked(unlocked);
  vault.dispose();
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 + chance.below(255));
  return copy;
}

/** As files, so that everything is asked that is asked of a vault. */
async function examineFiles(file: Buffer, header: Buffer): Promise<Examined> {
  const vaultDir = join(vault.path, 'damaged');
  mkdirSync(vaultDir);
  writeFileSync(join(vaultDir, 'vault.rondo'), file);
  writeFileSync(join(vaultDir, 'vault.rondo.header'), header);
  try {
    return await examine(vaultDir, vault.records, quickVault(vaultDir, deriveKey));
  } finally {
    discard(vaultDir);
  }
}

interface Carved {
  /** The sealed parts by the record's id. */
  readonly records: ReadonlyMap<string, string>;
  /** As `Examined.others`. */
  readonly others: ReadonlySet<string>;
}

/** What carving finds, as the vault itself would. */
function carve(bytes: Buffer): Carved {
  const { keys } = unlocked;
  const { rows, log } = rowsOfBlobs(keys, carveBlobs(keys, readPages(bytes, Buffer.alloc(0))));
  const of = (table: string) => [...rows.values()].filter((row) => row.table === table);
  return {
    records: new Map(of('record').map((row) => [row.id, Buffer.concat(row.blobs).toString('hex')])),
    others: new Set([
      ...of('journal').map(({ id }) => `journal ${id}`),
      ...[...log].map(([number, blob]) => `log ${openEntry(keys, number, blob)?.entry.action}`),
    ]),
  };
}

/** What neither opening shows nor carving finds. */
function lostWith(bytes: Buffer, { right, others }: Examined): readonly string[] {
  const hidden = [...vault.records.keys()].filter((id) => !right.has(id));
  const hiddenOthers = [...whole.others].filter((name) => !others.has(name));
  if (hidden.length + hiddenOthers.length === 0) return [];
  const found = carve(bytes);
  return [
    ...hidden.filter((id) => whole.records.get(id) === undefined || found.records.get(id) !== whole.records.get(id)),
    ...hiddenOthers.filter((name) => !found.others.has(name)),
  ];
}

/** By the app's own act: into a new vault, from the files. */
async function carveFiles(file: Buffer, header: Buffer): Promise<ReadonlySet<string>> {
  const vaultDir = join(vault.path, 'damaged');
  const into = join(vault.path, 'carved');
  mkdirSync(vaultDir);
  writeFileSync(join(vaultDir, 'vault.rondo'), file);
  writeFileSync(join(vaultDir, 'vault.rondo.header'), header);
  try {
    const credential = { type: 'password', secret: passwordBytes() } as const;
    const world = { paths: vaultPaths(vaultDir), clock: systemClock, random: systemRandom, deriveKey, witness };
    await carveVault(world, { ...notes, into, credential, backups: [] });
    const carved = new Map([...vault.records, ['none', { label: 'vault.carved', value: '' }]]);
    const examined = await examine(into, carved, quickVault(into, deriveKey));
    expect(examined).toMatchObject({ outcome: 'done', wrong: [], verified: 'done' });
    return examined.right;
  } finally {
    discard(vaultDir);
    discard(into);
  }
}

/** @returns what was seen, for counting */
function judge(at: number, { part, id }: Meaning, examined: Examined): string {
  const where = `byte ${at}, ${part}, seed ${chance.seed}: ${examined.outcome}; ${examined.damaged.join('; ')}`;
  expect(examined.wrong, where).toEqual([]);
  expect(examined.outcome, where).toMatch(/^(done$|vault-damaged |vault-too-new$)/);
  const isComplete = examined.right.size === recordCount;
  if (part === 'structure' || part === 'free') {
    expect(isComplete || examined.outcome !== 'done', where).toBe(true);
    return `${part}: ${examined.outcome}`;
  }
  expect(examined.opened, where).toBe(true);
  expect(examined.verified, where).toBe('vault-damaged');
  expect(
    [...vault.records.keys()].filter((known) => !examined.right.has(known)),
    where,
  ).toEqual(part === 'record' ? [id] : []);
  const hiddenOthers = [...whole.others].filter((name) => !examined.others.has(name));
  if (part === 'log') expect(hiddenOthers, where).toEqual([expect.stringMatching(/^log label /)]);
  else expect(hiddenOthers, where).toEqual(part === 'journal' ? [`journal ${id}`] : []);
  if (part === 'record' || part === 'journal') {
    expect(examined.outcome, where).toBe('vault-damaged rows');
    expect(examined.damaged, where).toEqual([expect.stringContaining(`${part} ${id}: `)]);
  }
  if (part === 'manifest') expect(examined.outcome, where).toBe('vault-damaged manifest');
  if (part === 'header')
    expect(examined.damaged, where).toEqual([expect.stringMatching(/^header header_[ab]: is damaged/)]);
  if (part === 'log' || part === 'header') expect(examined.outcome, where).toBe('done');
  return `${part}: ${examined.outcome}`;
}

test('any wrong byte of the file is noticed or harmless, and costs no undamaged record', {
  timeout: 3_600_000,
}, async () => {
  const { file, meanings } = readMeanings(originalDir);
  const header = readFileSync(join(originalDir, 'vault.rondo.header'));
  const seen = new Map<string, number>();
  const tried = new Map<Part, number>();
  let [hidden, carvedFiles] = [0, 0];
  for (const [at, meaning] of meanings.entries()) {
    if (meaning.part === 'free' && !longTests && at % 16 !== 0) continue;
    const bytes = flipped(file, at);
    const isRead = longTests || at < pageBytes || chance.onceIn(64);
    const examined = isRead
      ? await examineFiles(bytes, header)
      : await examine('', vault.records, memoryVault(bytes, unlocked.keys));
    const result = judge(at, meaning, examined);
    if (meaning.part === 'structure' || meaning.part === 'free') {
      expect(lostWith(bytes, examined), `byte ${at}, ${meaning.part}, seed ${chance.seed}`).toEqual([]);
      if (examined.right.size < recordCount) hidden++;
      if (examined.right.size < recordCount && chance.onceIn(longTests ? 4 : 64)) {
        carvedFiles++;
        expect((await carveFiles(bytes, header)).size, `byte ${at}, seed ${chance.seed}`).toBe(recordCount);
      }
    }
    seen.set(result, (seen.get(result) ?? 0) + 1);
    tried.set(meaning.part, (tried.get(meaning.part) ?? 0) + 1);
  }
  const rowBytes = (part: Part) => meanings.filter((meaning) => meaning.part === part).length;
  for (const part of ['record', 'log', 'journal', 'manifest', 'header', 'structure'] as const) {
    expect(rowBytes(part), part).toBeGreaterThan(100);
    expect(tried.get(part), part).toBe(rowBytes(part));
  }
  expect([...seen.keys()], 'SQLite notices what is its own').toContain('structure: vault-damaged sqlite');
  expect(hidden, 'records that only carving finds').toBeGreaterThan(100);
  expect(carvedFiles).toBeGreaterThan(0);
  process.stderr.write(
    `vault-flipped-bytes: ${hidden} hidden, ${carvedFiles} carved from files, ${JSON.stringify([...seen])}\n`,
  );
});

test('any wrong byte of the header file is noticed, and harms nothing while the database has a copy', {
  timeout: 600_000,
}, async () => {
  const header = readFileSync(join(originalDir, 'vault.rondo.header'));
  const file = readFileSync(join(originalDir, 'vault.rondo'));
  const barrenDir = vault.copy();
  operate(barrenDir, (database) => {
    for (const table of ['header_a', 'header_b']) database.exec(`UPDATE ${table} SET header = zeroblob(300)`);
  });
  const withoutCopies = readFileSync(join(barrenDir, 'vault.rondo'));
  expect(await examineFiles(withoutCopies, header), 'the file is the last copy').toMatchObject({ outcome: 'done' });
  expect(header.length).toBeGreaterThan(150);
  for (const at of header.keys()) {
    const damaged = flipped(header, at);
    const where = `byte ${at} of the header file, seed ${chance.seed}`;
    const alone = await examineFiles(withoutCopies, damaged);
    expect(alone, where).toMatchObject({ opened: false, outcome: 'vault-damaged header' });
    if (at % 4 !== 0 && !longTests) continue;
    const examined = await examineFiles(file, damaged);
    expect(examined, where).toMatchObject({ opened: true, outcome: 'done', verified: 'vault-damaged', damaged: [] });
    expect(examined.right.size, where).toBe(recordCount);
  }
});
