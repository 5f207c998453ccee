// What can be told of a backup without any key, as long after it was made as one likes: that it has its length, a format
// that this Rondo reads, a header that is whole, and whose vault that header names. What is sealed in it nobody looks at
// before it is restored. The file is read without SQLite, which would write beside it.
import type { BackupStanding } from '../../shared/contract/backup.ts';
import { AppError } from '../app-error.ts';
import { fileKind, readStart } from '../platform/files.ts';
import { Arena } from './arena.ts';
import { formatVersion, hasItsLength, readFormat } from './database.ts';
import { edge } from './edges.ts';
import { headersIn } from './found-headers.ts';
import type { Hash } from './header.ts';
import { chooseHeader } from './header-copies.ts';
import { plainHash } from './keys.ts';
import { openFile } from './open-file.ts';
import { pageBytes } from './raw-pages.ts';
import { isCorruption } from './read-records.ts';
import { loadSodium } from './sodium.ts';
import type { VaultPaths } from './vault-paths.ts';

/** VACUUM writes every table's first page before it fills any, so both headers lie among the first few. */
const headerPages = 16;

/**
 * Of each, in the order of `backupPaths`. Undefined: it was cut short or emptied, or never was a vault's file.
 * `vaultId`: of the vault that is open; else the vault's file is asked.
 */
export async function standingsOf(
  paths: VaultPaths,
  backupPaths: readonly string[],
  vaultId: Uint8Array | undefined,
): Promise<(BackupStanding | undefined)[]> {
  const arena = new Arena(await loadSodium());
  try {
    const ownId = vaultId ?? tryToReadVaultId(paths, arena);
    return backupPaths.map((path) => standingOf(path, ownId, plainHash(arena)));
  } finally {
    arena.destroy();
  }
}

function standingOf(path: string, ownId: Uint8Array | undefined, hash: Hash): BackupStanding | undefined {
  if (!hasItsLength(path)) return undefined;
  try {
    if ((readFormat(path) ?? 0) > formatVersion) return 'newer-format';
    const start = readStart(path, headerPages * pageBytes) ?? new Uint8Array(0);
    const [found] = headersIn([Buffer.from(start)], hash);
    if (found === undefined) return 'unreadable';
    // Where the vault does not say which one it is, a restore takes the backup at its word.
    const isOurs = ownId === undefined || Buffer.compare(found.header.vaultId, ownId) === 0;
    return isOurs ? 'fit' : 'another-vault';
  } catch {
    // Whatever the disk says: it must not hide the others.
    return 'unreadable';
  }
}

/** A list is wanted most where the vault itself cannot be read. */
function tryToReadVaultId({ vaultPath, headerPath }: VaultPaths, arena: Arena): Uint8Array | undefined {
  if (fileKind(vaultPath) !== 'file') return undefined;
  try {
    return edge(() => readVaultId(vaultPath, headerPath, arena));
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Undefined: the vault is too damaged to say which one it is. @throws AppError vault-too-new; errors of SQLite and the disk */
export function readVaultId(vaultPath: string, headerPath: string, arena: Arena): Uint8Array | undefined {
  try {
    const file = openFile(vaultPath);
    try {
      return chooseHeader(file.statements, headerPath, plainHash(arena)).header.vaultId;
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault-damaged') return undefined;
    if (isCorruption(error)) return undefined;
    throw error;
  }
}
