// Carving: a new vault out of the sealed blobs that still lie in a file which SQLite no longer reads.
//
// Guarantees: the damaged file and everything beside it is only read; nothing but what opened goes into the new vault,
// each row once; the new vault is whole, and was checked, before it has its name. What the manifest, if it was found, does
// not vouch for is said.
import type { Remedy } from '../../shared/contract/remedies.ts';
import type { CarveReport, DamagedPart } from '../../shared/contract/vault.ts';
import { AppError } from '../app-error.ts';
import { makePrivateFile, makePrivateFolder, publishFile, replaceFile } from '../platform/durable-files.ts';
import { fileKind, readWhole } from '../platform/files.ts';
import { Arena } from './arena.ts';
import { removeCopy } from './backup-file.ts';
import { carveBlobs } from './carve-blobs.ts';
import { type CarvedRows, rowsOfBlobs } from './carve-rows.ts';
import { alreadyThere, refuseWhereOneIs } from './create-vault.ts';
import type { DeriveKey } from './derive-key.ts';
import { describeRepair, summary } from './describe-repair.ts';
import { type FoundHeader, goodHeader, headersIn } from './found-headers.ts';
import type { Hash } from './header.ts';
import { deriveSubkeys } from './key-slots.ts';
import { type Keys, plainHash } from './keys.ts';
import { sealMark, tryToMark } from './mark-file.ts';
import { createNonces } from './nonces.ts';
import { planRepair } from './plan-repair.ts';
import type { PlaceWorld } from './put-in-place.ts';
import { type RawPages, readPages } from './raw-pages.ts';
import { vouchingManifest } from './readable-rows.ts';
import { rebuild } from './rebuild.ts';
import { sealLog } from './repair-log.ts';
import { newestSequence, noteRepair, type RepairNotes, rowsOfPlan } from './repair-notes.ts';
import { type BackupName, readBackups } from './repair-sources.ts';
import { loadSodium } from './sodium.ts';
import { unfinishedPath } from './unfinished.ts';
import { vaultDamaged } from './vault-errors.ts';
import { type Credential, openVaultKey } from './vault-key.ts';
import { type VaultPaths, vaultPaths } from './vault-paths.ts';
import type { Witness } from './witness.ts';

export interface CarveWorld extends PlaceWorld {
  readonly deriveKey: DeriveKey;
  readonly witness: Witness;
}

export interface CarveWanted extends RepairNotes {
  /** The folder of the new vault. */
  readonly into: string;
  /** The caller overwrites it. */
  readonly credential: Credential;
  readonly backups: readonly BackupName[];
}

/** @throws AppError not-found, wrong-password, invalid-input (a vault is there), vault-damaged (header), storage */
export async function carveVault(world: CarveWorld, wanted: CarveWanted): Promise<CarveReport> {
  const { paths, random } = world;
  if (fileKind(paths.vaultPath) !== 'file') {
    throw new AppError('not-found', `There is no vault in ${paths.vaultDir}. Nothing was written.`);
  }
  const target = vaultPaths(wanted.into);
  refuseWhereOneIs(target);
  const pages = readPages(...rawFiles(paths));
  const arena = new Arena(await loadSodium());
  try {
    const { header, encoded } = carveHeader(pages, paths, plainHash(arena));
    await openVaultKey(world.deriveKey, arena, { header, credential: wanted.credential });
    deriveSubkeys(arena);
    const keys = { arena, identity: header, nextNonce: createNonces(random) };
    return build(world, wanted, { keys, encoded, target, own: rowsOfBlobs(keys, carveBlobs(keys, pages)) });
  } finally {
    arena.destroy();
  }
}

/** What of the open vault's own file SQL does not reach. */
export function carveOwn(keys: Keys, paths: VaultPaths): CarvedRows {
  return rowsOfBlobs(keys, carveBlobs(keys, readPages(...rawFiles(paths))));
}

function rawFiles({ vaultPath, sidePaths: [walPath = ''] }: VaultPaths): [Buffer, Buffer] {
  const read = (path: string) => Buffer.from(readWhole(path) ?? []);
  return [read(vaultPath), read(walPath)];
}

/** As with a whole vault: the copies in the database decide, and of good ones the newest; the file if there is none. */
function carveHeader(pages: RawPages, { headerPath }: VaultPaths, hash: Hash): FoundHeader {
  const inPages = headersIn(
    pages.all.map(({ bytes }) => bytes),
    hash,
  );
  const [found] = inPages.length > 0 ? inPages : goodHeader(readWhole(headerPath) ?? new Uint8Array(0), hash);
  if (found === undefined) throw vaultDamaged('header');
  return found;
}

interface Found {
  readonly keys: Keys;
  readonly encoded: Uint8Array;
  readonly target: VaultPaths;
  readonly own: CarvedRows;
}

function build(world: CarveWorld, wanted: CarveWanted, { keys, encoded, target, own }: Found): CarveReport {
  const { clock, random, witness } = world;
  const plan = planRepair({ ...wanted, keys }, own, readBackups(keys, wanted.backups));
  const damaged = [...unvouched(own), ...own.closed.map(withoutItsValue)];
  const report = describeRepair({ ok: false, records: 0, damaged }, own, plan);
  const rows = rowsOfPlan(own, plan);
  if (rows.length + own.closed.length + plan.log.entries.size === 0) throw nothingFound();
  const sequence = newestSequence(own, plan) + 1;
  const ownPath = unfinishedPath(target.vaultPath, random);
  makePrivateFolder(target.vaultDir);
  makePrivateFile(ownPath);
  try {
    const newest = rebuild({ keys, clock, random }, ownPath, {
      header: encoded,
      headerHash: plainHash(keys.arena)(encoded),
      rows,
      log: sealLog(keys, plan.log, sequence),
      sequence,
      note(transaction) {
        noteRepair(transaction, { keys, plan, notes: wanted });
        // What lay in the file may be older than the world.
        wanted.restored(transaction);
        transaction.appendLog(witness({ action: 'vault.carved', detail: summary(report) }));
      },
    });
    if (!publishFile(ownPath, target.vaultPath)) throw alreadyThere(target.vaultPath);
    tryToMark(target, sealMark(keys, newest));
  } finally {
    removeCopy(ownPath);
  }
  tryToWriteHeaderFile(target, encoded);
  const count = (table: 'record' | 'journal') => rows.filter((row) => row.table === table).length;
  return {
    path: target.vaultPath,
    records: count('record') + valueless(own, plan.taken).length,
    rotations: count('journal'),
    entries: plan.log.entries.size,
    orphans: [...own.orphans.keys()].filter((key) => !plan.taken.has(key)).length,
    ...report,
  };
}

/** The new vault is there, with two copies of its header. Where this third one cannot be written the next unlock does it. */
function tryToWriteHeaderFile({ headerPath }: VaultPaths, encoded: Uint8Array): void {
  try {
    replaceFile(headerPath, encoded);
  } catch {
    // Verify names it as well until it is there.
  }
}

function valueless(own: CarvedRows, taken: ReadonlyMap<string, unknown>) {
  return own.closed.filter(({ table, id }) => !taken.has(`${table} ${id}`));
}

function withoutItsValue({ table, id }: CarvedRows['closed'][number]): DamagedDescribed {
  return { id, kind: table, reason: 'its value was not found' };
}

type DamagedDescribed = Pick<DamagedPart, 'id' | 'kind' | 'reason'>;

function unvouched(own: CarvedRows): DamagedDescribed[] {
  const about = (reason: string) => [{ id: 'manifest', kind: 'manifest', reason } as const];
  if (own.manifest === undefined) return about('was not found');
  const manifest = vouchingManifest(own);
  if (manifest === undefined) return about('is older than the entries');
  const missing = manifest.recordCount + manifest.journalCount - own.rows.size - own.closed.length;
  return missing > 0 ? about(`entries missing: ${missing}`) : [];
}

function nothingFound(): AppError {
  const { details } = vaultDamaged('rows');
  return new AppError('vault-damaged', 'Nothing in the file opens with the key of its header. Nothing was written.', {
    hint: 'Restore the newest backup.',
    details: { ...details, remedy: 'backup.list' satisfies Remedy },
  });
}
