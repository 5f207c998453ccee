// As vault-failing-disk.test.ts, for what makes, reads or replaces files besides the vault's own: backups, restoring,
// carving, repairing, migrating, exports, and what the window keeps (its settings, and the keychain's file).
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accountTransfer } from '../../main/accounts/for-transfer.ts';
import { createBackup } from '../../main/backup/backups.ts';
import { createVaultKeychain } from '../../main/electron/keychain.ts';
import { createSettingsFile, type SettingsFile } from '../../main/electron/settings-file.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { transferKind } from '../../main/transfer/kinds.ts';
import { exportPlain, exportSealed, importSealed, type TransferWorld } from '../../main/transfer/transfers.ts';
import { formatVersion, readFormat } from '../../main/vault/database.ts';
import { createExportSeal } from '../../main/vault/export-seal.ts';
import type { Migration } from '../../main/vault/migrate.ts';
import { createWitness } from '../../main/vault/witness.ts';
import { success } from '../../shared/contract/result.ts';
import { notes, repairAll } from '../support/damaged-vault.ts';
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
import { cheapKdf, passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import { operate } from '../support/vault-surgery.ts';

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
const copyOf = (vaultDir: string) => ({ path: join(vaultDir, 'copy.rondo'), createdAt: '2026-11-26T00:00:00.000Z' });
const fileOf = (vaultDir: string) => join(vaultDir, 'vault.rondo');

const backUp: FailingAct = {
  name: 'back up',
  prepare: unlock,
  act: ({ vault, vaultDir }) =>
    createBackup({
      vault,
      backupsDir: join(vaultDir, 'vault.rondo.backups'),
      clock: systemClock,
      witness,
      log: { bug: () => 'a bug' },
      leaveOut: (transaction) => transaction.removeJournal('0'.repeat(32)),
      restored: () => {},
      signal: () => new AbortController().signal,
    }),
  before: base,
  after: base,
  makes: 'vault.rondo.backups',
};

const restore: FailingAct = {
  name: 'restore',
  prepare: unlock,
  act: ({ vault, vaultDir }) =>
    vault.restore(copyOf(vaultDir).path, passwordBytes(), (transaction) =>
      transaction.appendLog(witness({ action: 'backup.restored' })),
    ),
  before: base,
  after: '1 counted, 0 changed',
  locks: true,
  replaces: true,
  // An older copy in its place is noticed as before.
  async refused(vaultDir, where) {
    const markOf = (folderPath: string) => readFileSync(`${fileOf(folderPath)}.mark`);
    if (markOf(vaultDir).equals(markOf(join(dirname(vaultDir), 'original')))) return;
    const olderDir = `${vaultDir} older`;
    cpSync(vaultDir, olderDir, { recursive: true });
    cpSync(copyOf(olderDir).path, fileOf(olderDir));
    const older = vaultIn(olderDir);
    await older.unlock(passwordBytes());
    expect(older.status().mark?.finding, where).toBe('rolled-back');
    older.lock();
    rmSync(olderDir, { recursive: true });
  },
};

const carve: FailingAct = {
  name: 'carve',
  act: ({ vault, vaultDir }) =>
    vault.carve({
      ...notes,
      into: join(vaultDir, 'carved'),
      credential: { type: 'password', secret: passwordBytes() },
      backups: [copyOf(vaultDir)],
    }),
  content: async (vaultDir) => `${await vaultContent(vaultDir)}; ${await vaultContent(join(vaultDir, 'carved'))}`,
  before: `${base}; no vault`,
  after: `${base}; ${base}`,
};

const repair: FailingAct = {
  name: 'repair',
  async prepare(place) {
    operate(place.vaultDir, (database) => database.exec('UPDATE manifest SET manifest = zeroblob(300)'));
    await unlock(place);
  },
  act: ({ vault, vaultDir }) => vault.repair({ ...repairAll, backups: [copyOf(vaultDir)] }),
  before: `${base}, damaged: manifest`,
  after: base,
  locks: true,
  replaces: true,
};

const step: Migration['step'] = (connection) =>
  connection.exec(`
  CREATE TABLE log (number INTEGER PRIMARY KEY, entry BLOB NOT NULL);
  INSERT INTO log SELECT * FROM history;
  DROP TABLE history`);
const migrations: readonly Migration[] = [{ to: formatVersion, step }];

/** A format that never was, one before ours: its log has another name. */
function makeOlder({ vaultDir }: Place): void {
  operate(vaultDir, (database) => {
    if (database.pragma('user_version', { simple: true }) !== formatVersion) return;
    database.exec(`ALTER TABLE log RENAME TO history; PRAGMA user_version = ${formatVersion - 1}`);
  });
}

const migrate: FailingAct = {
  name: 'migrate',
  options: { migrations },
  prepare: makeOlder,
  act: unlock,
  // Whichever format it is of: what is in it stays.
  async content(vaultDir) {
    const copyDir = `${vaultDir} copied`;
    cpSync(vaultDir, copyDir, { recursive: true });
    const vault = vaultIn(copyDir, { migrations });
    await vault.unlock(passwordBytes());
    vault.lock();
    const content = await vaultContent(copyDir);
    rmSync(copyDir, { recursive: true });
    return content;
  },
  before: base,
  after: base,
  done: ({ vaultDir }) => expect(readFormat(fileOf(vaultDir))).toBe(formatVersion),
};

const seal = createExportSeal({ random: systemRandom, deriveKey: fixedKey, creationKdf: cheapKdf });
const transferOf = ({ vault }: Place): TransferWorld => ({
  session: () => vault.session(),
  seal,
  kinds: [transferKind(accountTransfer)],
  clock: systemClock,
  witness,
});
const exportPath = ({ vaultDir }: Pick<Place, 'vaultDir'>) => join(vaultDir, 'accounts.export');

async function unlockWithAccount(place: Place): Promise<void> {
  const session = await unlock(place);
  const about = { name: 'work', origin: 'https://circleci.com', kind: 'cloud', login: 'ada', userId: 'u1' };
  const meta = { ...about, capabilities: {} };
  session.write((transaction) => {
    transaction.putRecord({ id: 'a'.repeat(32), kind: 'account', meta }, new TextEncoder().encode('a value'));
  });
}

const exporting: readonly FailingAct[] = [
  {
    name: 'export',
    prepare: unlockWithAccount,
    act: (place) => exportSealed(transferOf(place), exportPath(place), passwordBytes()),
    before: `${base}, 1 account`,
    after: `${base}, 1 account`,
    makes: 'accounts.export',
    async done(place) {
      const content = await seal.open(readFileSync(exportPath(place)), passwordBytes());
      expect(Buffer.from(content).toString()).toContain('"ada"');
    },
  },
  {
    name: 'export in clear',
    prepare: unlockWithAccount,
    act: (place) => exportPlain(transferOf(place), exportPath(place), 'PLAIN'),
    before: `${base}, 1 account`,
    after: `${base}, 1 account`,
    makes: 'accounts.export',
    done: (place) => expect(readFileSync(exportPath(place), 'utf8')).toContain('"ada"'),
  },
  {
    name: 'import',
    async prepare(place) {
      if (existsSync(exportPath(place))) return unlock(place);
      await unlockWithAccount(place);
      await exportSealed(transferOf(place), exportPath(place), passwordBytes());
      return place.vault.session().write((transaction) => transaction.removeRecord('a'.repeat(32)));
    },
    act: (place) =>
      importSealed(transferOf(place), { path: exportPath(place), password: passwordBytes(), dryRun: false }),
    before: base,
    after: '3 counted, 1 changed, 1 account',
  },
];

const settingsPath = (vaultDir: string) => join(vaultDir, 'settings', 'settings.json');
let settingsFile: SettingsFile | undefined;
/** What is told is what the next start reads. */
const isWhatWasTold = (vaultDir: string, where: string) =>
  expect(settingsFile?.read(), where).toEqual(createSettingsFile(settingsPath(vaultDir)).read());

const settings: FailingAct = {
  name: 'change the settings',
  from: 'nothing',
  act({ vaultDir }) {
    settingsFile = createSettingsFile(settingsPath(vaultDir));
    settingsFile.change({ theme: 'dark' });
  },
  done: ({ vaultDir }) => isWhatWasTold(vaultDir, 'done'),
  refused: isWhatWasTold,
  content: async (vaultDir) => createSettingsFile(settingsPath(vaultDir)).read().theme,
  before: 'system',
  after: 'dark',
};

const key = () => Uint8Array.from({ length: 32 }, (_, index) => index);
const keychainPath = (vaultDir: string) => join(vaultDir, 'vault.rondo.keychain');
const keychainOf = ({ vaultDir }: Pick<Place, 'vaultDir'>) =>
  createVaultKeychain({
    system: {
      isAsyncEncryptionAvailable: async () => true,
      getSelectedStorageBackend: () => 'gnome_libsecret',
      encryptStringAsync: async (text) => Buffer.from(`encrypted ${text}`),
      decryptStringAsync: async (bytes) => ({
        result: bytes.toString().slice('encrypted '.length),
        shouldReEncrypt: false,
      }),
    },
    platform: 'linux',
    path: keychainPath(vaultDir),
  });

async function keepKey(place: Place): Promise<void> {
  makeFolder(place);
  await keychainOf(place).remember(key());
}

function makeFolder({ vaultDir }: Place): void {
  mkdirSync(dirname(keychainPath(vaultDir)), { recursive: true });
}

const keychainContent = async (vaultDir: string) => (existsSync(keychainPath(vaultDir)) ? 'a key' : 'no key');
const keychain: readonly Omit<FailingAct, 'from' | 'content'>[] = [
  {
    name: 'keep a key',
    prepare: makeFolder,
    act: (place) => keychainOf(place).remember(key()),
    before: 'no key',
    after: 'a key',
  },
  {
    name: 'open with the kept key',
    prepare: keepKey,
    act: (place) => keychainOf(place).open(async (bytes) => success([...bytes])),
    before: 'a key',
    after: 'a key',
    done: (_, answer) => expect(answer).toEqual(success([...key()])),
  },
  {
    name: 'forget the kept key',
    prepare: keepKey,
    act: (place) => keychainOf(place).forget(),
    before: 'a key',
    after: 'no key',
  },
];

const acts: readonly FailingAct[] = [
  ...[backUp, restore, carve, repair, migrate, ...exporting, settings],
  ...keychain.map((act): FailingAct => ({ ...act, from: 'nothing', content: keychainContent })),
];

test.each(acts)('$name, whatever fails', { timeout: 3_600_000 }, async (wanted) => {
  const { operations, codes } = await failing.tryAll(wanted);
  expect([...new Set(operations.map(({ name }) => name))].sort()).toMatchSnapshot();
  expect(operations.filter((one, at) => isWrite(one) && codes[at] !== 5)).toEqual([]);
});
