// Repairing a damaged vault: a new file out of everything that opens, in the place of the damaged one, which is kept.
//
// Guarantees: the new file is whole before it has the vault's name; the damaged one is kept beside it as it was, so that
// nothing is lost by a repair; what nobody has is left out only when the person says so.
import type { Remedy } from '../../shared/contract/remedies.ts';
import type { DamageReport, VerifyReport } from '../../shared/contract/vault.ts';
import { markFileName } from '../../shared/vault-files.ts';
import { AppError } from '../app-error.ts';
import { makePrivateFile } from '../platform/durable-files.ts';
import { openEntry } from './audit-chain.ts';
import { removeCopy } from './backup-file.ts';
import { carveOwn } from './carve.ts';
import { describeRepair, distinctParts, summary } from './describe-repair.ts';
import { type ChosenHeader, chooseHeader } from './header-copies.ts';
import { type Keys, plainHash } from './keys.ts';
import { holdLock } from './lock-file.ts';
import { type Mark, withMark } from './mark.ts';
import { sealMark, tryToMark } from './mark-file.ts';
import { acceptOlderCopy, unnotedOlder } from './older-copy.ts';
import { openSession } from './open-session.ts';
import { planRepair, type RepairPlan } from './plan-repair.ts';
import { putInPlace, type ReplaceWorld } from './put-in-place.ts';
import { type ReadableRows, readReadable, vouchingManifest } from './readable-rows.ts';
import { rebuild } from './rebuild.ts';
import { sealLog } from './repair-log.ts';
import { newestSequence, noteRepair, type RepairNotes, rowsOfPlan } from './repair-notes.ts';
import { type BackupName, backupsOfOlderKeys, type RepairSource, readBackups } from './repair-sources.ts';
import type { ValueKnowledge } from './replace-closed.ts';
import { type Cell, reading } from './statements.ts';
import { removeUnfinished, unfinishedPath } from './unfinished.ts';
import type { Unlocked } from './unlock-vault.ts';
import { manifestCell, refuseMoved } from './unmoved.ts';
import type { VaultPaths } from './vault-paths.ts';
import { verifyVault } from './verify.ts';
import type { Witness } from './witness.ts';

export interface RepairWorld extends ReplaceWorld {
  readonly unlocked: Unlocked;
  readonly mark: Mark;
  readonly witness: Witness;
}

export interface DamageWanted extends ValueKnowledge {
  readonly backups: readonly BackupName[];
}

export interface RepairWanted extends RepairNotes, DamageWanted {
  readonly confirm: string;
  readonly setAside?: string;
}

interface Diagnosis {
  readonly report: DamageReport;
  readonly own: ReadableRows;
  readonly plan: RepairPlan;
  readonly header: ChosenHeader;
  readonly manifestCell: Cell;
}

export function findDamage(
  world: Pick<RepairWorld, 'unlocked' | 'paths' | 'mark'>,
  wanted: DamageWanted,
): DamageReport {
  return diagnose(world, wanted).report;
}

/**
 * @throws AppError confirmation-required, vault-busy, vault-damaged, storage: then the vault is as it was; only of an older
 * copy its log may say already that it is accepted, and the error tells
 */
export function repairVault(world: RepairWorld, wanted: RepairWanted): DamageReport & { readonly kept?: string } {
  const { paths, random, unlocked } = world;
  if (wanted.confirm !== 'REPAIR') throw notConfirmed();
  const release = holdLock(paths.lockPath);
  const ownPath = unfinishedPath(paths.vaultPath, random);
  try {
    removeUnfinished(world);
    const diagnosis = diagnose(world, wanted);
    const { report } = diagnosis;
    if (report.damaged.length === 0) return report;
    refuseUnasked(report, wanted.setAside);
    if (report.damaged.every(({ id }) => id === markFileName)) {
      // The vault itself is whole.
      const { mark, witness, hold } = world;
      const session = openSession({ ...world, live: () => unlocked });
      acceptOlderCopy({ session, mark, witness }, { detail: summary(report), restored: wanted.restored });
      hold.lock('replaced');
      return report;
    }
    makePrivateFile(ownPath);
    const sequence = write(world, ownPath, { diagnosis, wanted });
    const newMark = sealMark(unlocked.keys, sequence);
    // What a process wrote that still had the vault open is in the damaged file only.
    const kept = putInPlace(world, ownPath, { alone: () => refuseMoved(paths.vaultPath, diagnosis.manifestCell) });
    // Not before: it is the higher number, of which the damaged vault knows nothing.
    tryToMark(paths, newMark);
    return { ...report, ...(kept === undefined ? {} : { kept }) };
  } finally {
    removeCopy(ownPath);
    release();
  }
}

function diagnose(
  { unlocked, paths, mark }: Pick<RepairWorld, 'unlocked' | 'paths' | 'mark'>,
  { backups, ...known }: DamageWanted,
): Diagnosis {
  const { file, keys } = unlocked;
  const current = file.reading();
  const { verified, own, header, cell } = reading(current.statements, () => ({
    verified: verifyVault(current, paths.headerPath),
    own: readReadable(keys, current.statements),
    header: chooseHeader(current.statements, paths.headerPath, plainHash(keys.arena)),
    cell: manifestCell(current.statements),
  }));
  const sources = verified.ok ? [] : [...unreached(unlocked, paths, verified), ...readBackups(keys, backups)];
  const plan = planRepair({ ...known, keys }, own, sources);
  const older = verified.ok ? [] : backupsOfOlderKeys(keys, backups);
  const report = {
    ...describeRepair(withMark(verified, mark.finding()), own, plan),
    ...(older.length === 0 ? {} : { beforeNewKeys: older }),
  };
  return { report, own, plan, header, manifestCell: cell };
}

/** Where SQLite cannot follow its own structure, rows may lie in the file that it does not give. */
function unreached({ file, keys }: Unlocked, paths: VaultPaths, { damaged }: VerifyReport): RepairSource[] {
  if (!damaged.some(({ kind }) => kind === 'file')) return [];
  const own = carveOwn(keys, paths);
  file.reopen();
  return [own];
}

function write(
  world: RepairWorld,
  path: string,
  { diagnosis, wanted }: { readonly diagnosis: Diagnosis; readonly wanted: RepairWanted },
): number {
  const { unlocked, mark, clock, random, witness } = world;
  const { keys } = unlocked;
  const { own, plan, header, report } = diagnosis;
  const session = openSession({ ...world, live: () => unlocked });
  const rows = rowsOfPlan(own, plan);
  const sequence = newestSequence(own, plan) + 1;
  // First the head: the list may be longer than an entry, and is cut then.
  const detail = [...logBefore(keys, own), summary(report)].join('; ');
  const entry = witness({ action: 'vault.repaired', detail });
  return rebuild({ keys, clock, random }, path, {
    header: header.encoded,
    headerHash: header.hash,
    rows,
    log: sealLog(keys, plan.log, sequence),
    sequence,
    note(transaction) {
      noteRepair(transaction, {
        keys,
        plan,
        notes: wanted,
        isOlder: unnotedOlder({ session, mark }).length > 0,
      });
      transaction.appendLog(entry);
    },
  });
}

/** As the manifest names it; of one that says nothing of it, the end of what is there. */
function logBefore(keys: Keys, own: ReadableRows): string[] {
  const head = vouchingManifest(own)?.logHead ?? lastEntryHash(keys, own);
  return head === undefined ? [] : [`log before: ${Buffer.from(head).toString('hex')}`];
}

function lastEntryHash(keys: Keys, { log }: ReadableRows): Uint8Array | undefined {
  const number = Math.max(0, ...log.keys());
  const blob = log.get(number);
  return blob && openEntry(keys, number, blob)?.hash;
}

function notConfirmed(): AppError {
  return new AppError('confirmation-required', 'A repair makes a new file of what can be read.', {
    effect: 'nothing-changed',
    hint: 'Confirm it with the word REPAIR, but look first at what it would do.',
    details: { remedy: 'vault.damage' satisfies Remedy },
  });
}

function refuseUnasked({ damaged }: DamageReport, setAside: string | undefined): void {
  const lost = distinctParts(damaged).filter(({ remedy }) => remedy === 'set-aside').length;
  if (lost === 0 || setAside === 'SET-ASIDE') return;
  throw new AppError(
    'confirmation-required',
    `No backup is known to have ${lost} damaged part(s) of the vault as they last were: a repair leaves them out, or goes on with an older form of them.`,
    {
      effect: 'nothing-changed',
      hint: 'What is there of them stays in the damaged file, which is kept. Confirm that with the word SET-ASIDE as well.',
      details: { setAside: lost },
    },
  );
}
