// A real second process that makes a whole new file of a vault. Arguments: folder, URL of the key derivation worker, task:
//   back-up    into backup.rondo
//   restore    copy.rondo
//   repair     what is damaged
//   carve      into the folder carved
// With a fourth argument it ends itself by SIGKILL right before the vault gets its new file. In each a row is noted that makes
// the new file much larger. Ends with one line: `done`, or the error's code and message.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../main/app-error.ts';
import type { VaultTransaction } from '../../main/vault/vault.ts';
import { childVault } from './child-vault.ts';
import { password } from './core-pieces.ts';
import { intercept } from './intercept.ts';

const [vaultDir = '', workerUrl = '', task = '', isKilled] = process.argv.slice(2);
const vault = childVault(vaultDir, new URL(workerUrl));
const note = (transaction: VaultTransaction) => transaction.putJournal('f'.repeat(32), { noted: 'x'.repeat(100_000) });
const notes = {
  restored: () => {},
  valuesLost: note,
  valuesNewer: () => {},
  hasSameValue: () => false,
  kindsWithoutValue: new Set<string>(),
  backups: [],
};

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  async 'back-up'() {
    await vault.unlock(password());
    vault.backUp(join(vaultDir, 'backup.rondo'), note);
  },
  restore: () => vault.restore(join(vaultDir, 'copy.rondo'), password(), note),
  async repair() {
    await vault.unlock(password());
    vault.repair({ ...notes, confirm: 'REPAIR', setAside: 'SET-ASIDE' });
  },
  carve: () =>
    vault.carve({
      ...notes,
      into: join(vaultDir, 'carved'),
      credential: { type: 'password', secret: password() },
    }),
};

if (isKilled !== undefined) {
  intercept(({ name, parameters }, run) => {
    if (name === 'renameSync' && parameters[1] === join(vaultDir, 'vault.rondo')) process.kill(process.pid, 'SIGKILL');
    return run();
  });
}
try {
  await tasks[task]?.();
  writeSync(1, 'done\n');
} catch (error) {
  writeSync(1, `${error instanceof AppError ? `${error.code}: ${error.message}` : String(error)}\n`);
} finally {
  vault.lock();
}
