// As vault-failing-disk.test.ts, for what Rondo does beside what was asked for: a cheap key derivation that is raised at
// unlock, an older copy that is noted, a mark that a person accepts, and old backups that go when a new one is made.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupName } from '../../main/backup/backup-names.ts';
import { createBackup } from '../../main/backup/backups.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { createWitness } from '../../main/vault/witness.ts';
import { backupsFolderName } from '../../shared/vault-files.ts';
import { repairAll } from '../support/damaged-vault.ts';
import {
  type FailingAct,
  type FailingActs,
  failingActs,
  isWrite,
  type Place,
  unlock,
  vaultContent,
} from '../support/failing-acts.ts';
import { fixedKey } from '../support/fixed-key.ts';
import type { Opening } from '../support/seen-opening.ts';
import { cheapKdf, vaultIn } from '../support/temporary-vault.ts';

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
const witness = createWitness(systemClock, 'test');
const costlier = { ...cheapKdf, operations: cheapKdf.operations + 1 };

/** How often the log has it, once the same was done again on a disk that works. */
async function timesLogged({ vaultDir }: Place, action: string, again: (place: Place) => unknown): Promise<number> {
  const place = { vaultDir, vault: vaultIn(vaultDir, { creationKdf: costlier }) };
  try {
    await again(place);
    return place.vault
      .session()
      .log()
      .filter((entry) => entry.action === action).length;
  } finally {
    place.vault.lock();
  }
}

const strengthen: FailingAct = {
  name: 'raise the key derivation',
  options: { creationKdf: costlier },
  act: unlock,
  before: base,
  after: base,
  done: async (place) => expect(await timesLogged(place, 'vault.strengthened', unlock)).toBe(1),
};

/** The copy from when one was counted, in the place of the vault. */
function putOlder({ vaultDir }: Pick<Place, 'vaultDir'>): void {
  cpSync(join(vaultDir, 'copy.rondo'), join(vaultDir, 'vault.rondo'));
  for (const end of ['-wal', '-shm']) rmSync(join(vaultDir, `vault.rondo${end}`), { force: true });
}

async function note(place: Place): Promise<void> {
  await unlock(place);
  place.vault.noteOlderCopy(() => {});
}

const older = '1 counted, 0 changed';

/** Looking writes the mark, which then knows of the older copy. */
async function inCopy(vaultDir: string, look: (copyDir: string) => Promise<string>): Promise<string> {
  const copyDir = `${vaultDir} copied`;
  cpSync(vaultDir, copyDir, { recursive: true });
  try {
    return await look(copyDir);
  } finally {
    rmSync(copyDir, { recursive: true });
  }
}

const contentOfCopy = (vaultDir: string) => inCopy(vaultDir, vaultContent);

const noteOlder: FailingAct = {
  name: 'note an older copy',
  prepare: putOlder,
  act: note,
  content: contentOfCopy,
  before: older,
  after: older,
  done: async (place) => expect(await timesLogged(place, 'vault.older-copy', note)).toBe(1),
};

/** With what its log says of it, and the mark beside it. */
const contentOfAccepted = (vaultDir: string) =>
  inCopy(vaultDir, async (copyDir) => {
    const vault = vaultIn(copyDir);
    await unlock({ vault });
    const isLogged = vault
      .session()
      .log()
      .some(({ action }) => action === 'vault.repaired');
    const told = vault.status().mark?.finding ?? 'the newest';
    vault.lock();
    return `${await vaultContent(copyDir)}, ${isLogged ? 'accepted' : 'not accepted'}, ${told}`;
  });

const accept: FailingAct = {
  name: 'accept the mark of an older copy',
  async prepare(place) {
    await unlock(place);
    if (place.vault.status().mark?.finding === 'rolled-back') return;
    place.vault.lock();
    putOlder(place);
    await unlock(place);
  },
  act: ({ vault }) => vault.repair({ ...repairAll, backups: [] }),
  content: contentOfAccepted,
  before: `${older}, not accepted, rolled-back`,
  between: `${older}, accepted, rolled-back`,
  after: `${older}, accepted, the newest`,
  locks: true,
};

/** Two of one day: the first is one too many. */
const [superfluous, kept] = ['12', '13'].map((hour) => backupName(Date.parse(`2026-01-05T${hour}:00:00Z`)));
const backupsOf = (vaultDir: string) => join(vaultDir, backupsFolderName);
const makeBackup = ({ vault, vaultDir }: Place) =>
  createBackup({
    vault,
    backupsDir: backupsOf(vaultDir),
    clock: systemClock,
    witness,
    log: { bug: () => 'a bug' },
    leaveOut: () => {},
    restored: () => {},
    signal: () => new AbortController().signal,
  });

const thinOut: FailingAct = {
  name: 'thin out the backups',
  async prepare(place) {
    for (const name of [superfluous, kept])
      cpSync(join(place.vaultDir, 'copy.rondo'), join(backupsOf(place.vaultDir), `${name}`));
    await unlock(place);
  },
  act: makeBackup,
  before: base,
  after: base,
  async done({ vaultDir }) {
    const vault = vaultIn(vaultDir);
    await unlock({ vault });
    await makeBackup({ vault, vaultDir });
    vault.lock();
    const names = readdirSync(backupsOf(vaultDir));
    expect([names.includes(`${superfluous}`), names.includes(`${kept}`)]).toEqual([false, true]);
  },
};

test.each([strengthen, noteOlder, accept, thinOut])('$name, whatever fails', { timeout: 3_600_000 }, async (wanted) => {
  const { operations, codes } = await failing.tryAll(wanted);
  expect([...new Set(operations.map(({ name }) => name))].sort()).toMatchSnapshot();
  expect(operations.filter((one, at) => isWrite(one) && codes[at] !== 5)).toEqual([]);
});
