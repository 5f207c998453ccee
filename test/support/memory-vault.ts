// An open vault over bytes in memory: what an unlock does after the file was opened and the key derived. Thousands of
// damaged files a minute can be read so. Not part of it: the file's format, its schema and the header's own file.
import Database from 'better-sqlite3';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { chooseHeader } from '../../main/vault/header-copies.ts';
import { type Keys, plainHash } from '../../main/vault/keys.ts';
import { LiveFile } from '../../main/vault/live-file.ts';
import { openSession } from '../../main/vault/open-session.ts';
import { prepareStatements } from '../../main/vault/statements.ts';
import type { Vault } from '../../main/vault/vault.ts';
import { asVaultError, vaultDamaged } from '../../main/vault/vault-errors.ts';
import { copyPaths } from '../../main/vault/vault-paths.ts';

/** `keys` of the vault whose bytes these are; they stay the caller's. */
export function memoryVault(bytes: Buffer, keys: Keys): Pick<Vault, 'unlock' | 'lock'> {
  let file: LiveFile | undefined;
  return {
    async unlock() {
      try {
        const opened = openBytes(bytes, keys);
        file = opened;
        const paths = copyPaths('in memory only');
        return openSession({ live: () => ({ file: opened, keys }), paths, clock: systemClock, random: systemRandom });
      } catch (error) {
        throw asVaultError(error);
      }
    },
    lock() {
      file?.close();
      file = undefined;
    },
  };
}

function openBytes(bytes: Buffer, keys: Keys): LiveFile {
  const copy = Buffer.from(bytes);
  // SQLite reads bytes in memory in this mode only.
  copy.writeUInt16BE(0x0101, 18);
  const connection = new Database(copy);
  try {
    connection.pragma('cell_size_check = ON');
    const statements = prepareStatements(connection);
    const { header } = chooseHeader(statements, undefined, plainHash(keys.arena));
    if (Buffer.compare(header.vaultId, keys.identity.vaultId) !== 0) throw vaultDamaged('header');
    return new LiveFile(copyPaths('in memory only'), keys, {
      statements,
      hasItsName: () => true,
      inTransaction: () => connection.inTransaction,
      checkpoint: () => true,
      copyTo: () => refuse(),
      vacuum: () => refuse(),
      close: () => connection.close(),
    });
  } catch (error) {
    connection.close();
    throw error;
  }
}

function refuse(): never {
  throw new Error('nobody does this with bytes in memory');
}
