// Putting a finished file in the vault's place.
//
// Guarantees: the name vault.rondo stands for the old vault or the whole new one, whenever the machine stops; the old one is
// kept beside it, whatever was wrong with it, with its write-ahead log moved into it. Where SQLite cannot do that any more,
// the log is kept under a name of its own, from just before the new vault takes the old one's. Not while another process has
// the vault open, as far as SQLite can tell: what it wrote would go where nobody looks. Where it is refused, or the disk
// fails before the new one has the name, the old one has its own as before, and is as open in this process as it was: else
// whoever asked would find it locked, and take that for success.
import type { VaultStatus } from '../../shared/contract/vault.ts';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import { discardFile, keepAs, moveInPlace } from '../platform/durable-files.ts';
import { fileKind, hasCode } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { takeAlone } from './database.ts';
import { sidePathsOf, type VaultPaths } from './vault-paths.ts';

export interface PlaceWorld {
  readonly paths: VaultPaths;
  readonly clock: Clock;
  readonly random: Random;
}

/** What this process has of the vault, where it is unlocked here. */
export interface OwnHold {
  /** Closes its file; the keys stay. */
  letGo(): void;
  /** Opens it again. It does not throw: the next use says why that cannot be. */
  takeAgain(): void;
  /** Locks; it does not throw. The mark stays as it is: whoever replaced the vault has written the new one's. */
  lock(because: VaultStatus['lockedBecause']): void;
}

export interface ReplaceWorld extends PlaceWorld {
  readonly hold: OwnHold;
}

/** Takes a step back. It does not throw: what it cannot take back stays. */
export type Undo = () => void;

export interface Moments {
  /** Nobody else has the old vault open, and its write-ahead log is in it: the last word on whether it is replaced. */
  readonly alone?: () => void;
  /** What has to be on disk first. */
  readonly justBefore?: () => Undo;
}

/**
 * Holding the lock file. Locks the vault in this process once it is replaced. @returns where the old vault is now;
 * undefined: there was none
 */
export function putInPlace(world: ReplaceWorld, ownPath: string, moments: Moments = {}): string | undefined {
  const { hold } = world;
  const keptPath = nameBeside(world, 'replaced');
  const undo: Undo[] = [];
  let isKept: boolean;
  try {
    hold.letGo();
    isKept = replace(world, { ownPath, keptPath, undo, ...moments });
  } catch (error) {
    if (isStillThere(ownPath)) {
      for (const step of undo.reverse()) step();
      hold.takeAgain();
    } else hold.lock('perhaps-replaced');
    throw error;
  }
  hold.lock('replaced');
  return isKept ? keptPath : undefined;
}

interface Replacing extends Moments {
  readonly ownPath: string;
  readonly keptPath: string;
  /** Grows by each step. */
  readonly undo: Undo[];
}

/** False: there was nothing to keep. */
function replace({ paths }: PlaceWorld, { ownPath, keptPath, undo, alone, justBefore }: Replacing): boolean {
  const isKept = putAside(paths, keptPath, alone, undo);
  // The old vault's: it may be the last good copy of its header. The next unlock writes the new one's.
  const hasHeaderFile = fileKind(paths.headerPath) === 'file';
  if (hasHeaderFile) keepFor(undo, paths.headerPath, `${keptPath}.header`);
  if (justBefore !== undefined) undo.push(justBefore());
  takePlace(ownPath, paths.vaultPath);
  if (hasHeaderFile) discardFile(paths.headerPath);
  return isKept;
}

/** Then the vault is the old one. A disk that does not even tell that is not written any more. */
function isStillThere(ownPath: string): boolean {
  try {
    return fileKind(ownPath) !== 'absent';
  } catch {
    return false;
  }
}

/** Whatever fails from here on, the vault is the new one. */
function takePlace(ownPath: string, vaultPath: string): void {
  try {
    moveInPlace(ownPath, vaultPath);
  } catch (cause) {
    if (isStillThere(ownPath)) throw cause;
    throw new AppError(
      'storage',
      'The new file stands in the place of the vault, but the disk did not confirm it. The vault that was there is kept beside it.',
      { hint: 'Unlock it, and look whether it is as it should be.', cause },
    );
  }
}

/** A name that says what the file is and when it was put there. */
export function nameBeside({ paths, clock, random }: PlaceWorld, what: string): string {
  const stamp = isoInstant(clock.now()).replaceAll(/[-:.]/g, '');
  return `${paths.vaultPath}.${what}-${stamp}-${Buffer.from(random.bytes(2)).toString('hex')}`;
}

/**
 * A second name for what is there, with SQLite's files where they could not be moved into it; or for these alone, where
 * somebody took the vault away and left them: SQLite would read them into the new one. False: there is no vault.
 */
function putAside({ vaultPath }: VaultPaths, keptPath: string, alone: Moments['alone'], undo: Undo[]): boolean {
  const kind = fileKind(vaultPath);
  if (kind === 'folder' || kind === 'other') throw noFile(vaultPath);
  if (kind === 'file') {
    takeAlone(vaultPath);
    alone?.();
    keepFor(undo, vaultPath, keptPath);
  }
  const keptSides = sidePathsOf(keptPath);
  for (const [index, side] of sidePathsOf(vaultPath).entries()) {
    const kept = keptSides[index];
    if (kept === undefined || fileKind(side) !== 'file') continue;
    undo.push(() => tryToMoveBack(kept, side));
    moveInPlace(side, kept);
  }
  return kind === 'file';
}

function noFile(vaultPath: string): AppError {
  return new AppError('invalid-input', `What stands at ${vaultPath} is no file.`, {
    effect: 'nothing-changed',
    hint: 'Move it away, then try again.',
  });
}

function keepFor(undo: Undo[], path: string, keptPath: string): void {
  try {
    keepAs(path, keptPath);
  } catch (error) {
    // It may have its name already, and only that not on disk. What was there before is somebody else's.
    if (!hasCode(error, 'EEXIST')) discardFile(keptPath);
    throw error;
  }
  undo.push(() => discardFile(keptPath));
}

/** Without it the vault would lack what is only in its write-ahead log. */
function tryToMoveBack(kept: string, side: string): void {
  try {
    if (fileKind(kept) === 'file') moveInPlace(kept, side);
  } catch {
    // It stays beside the vault, under the name of what was to be replaced.
  }
}
