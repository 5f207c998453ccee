// An older copy of the vault that was put in its place by hand, or by a program that keeps copies. It is a restore that nobody
// has told Rondo of, so it is noted like one, before anything goes on by itself.
//
// Guarantees: it is noted once each time, as what a person decides afterwards must not be undone by the next unlock. The mark
// is told of it, and where that cannot be written, the log of the copy tells: the words in it name the very mark. A vault that
// cannot be written is noted when it can, and goes on with nothing before.
//
// Not noticed: a copy from before the vault's keys were changed, put back a second time from after it was noted; a copy from
// after the mark was last written (once a minute, and at lock), put back after a crash; after a second older copy, one from
// between the two that knows of the first, put back where the second has not come as far.
import { AppError } from '../app-error.ts';
import type { Mark } from './mark.ts';
import type { VaultSession, VaultTransaction } from './vault.ts';
import type { Act, Witness } from './witness.ts';

export interface OlderCopyWorld {
  readonly session: VaultSession;
  readonly mark: Mark;
  readonly witness: Witness;
}

const action: Act['action'] = 'vault.older-copy';

/** What was not noted yet. */
export function unnotedOlder({ session, mark }: Pick<OlderCopyWorld, 'session' | 'mark'>): readonly string[] {
  const older = mark.older();
  if (older.length === 0) return older;
  const noted = session.log().flatMap((entry) => (entry.action === action ? [entry.detail] : []));
  return older.filter((words) => !noted.some((detail) => detail?.startsWith(words)));
}

/** `restored`: as after a restore; what is open in it says what was true then. */
export function noteOlderCopy(world: OlderCopyWorld, restored: (transaction: VaultTransaction) => void): void {
  const { session, mark, witness } = world;
  if (mark.older().length === 0) return;
  const unnoted = unnotedOlder(world);
  const note = (transaction: VaultTransaction) => {
    restored(transaction);
    for (const detail of unnoted) transaction.appendLog(witness({ action, detail }));
  };
  try {
    if (unnoted.length > 0) session.write(note);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return;
  }
  mark.noted();
}

/**
 * From now on it is the newest. Open rotations hear of it as after a restore, where they have not yet: what was decided since
 * then stays. @throws AppError storage: then it says whether the log has it
 */
export function acceptOlderCopy(
  world: OlderCopyWorld,
  { detail, restored }: { readonly detail: string; readonly restored: (transaction: VaultTransaction) => void },
): void {
  const { session, mark, witness } = world;
  const isNoted = unnotedOlder(world).length === 0;
  session.write((transaction) => {
    if (!isNoted) restored(transaction);
    transaction.appendLog(witness({ action: 'vault.repaired', detail }));
  });
  try {
    mark.accept();
  } catch (cause) {
    throw notMarked(cause);
  }
}

function notMarked(cause: unknown): AppError {
  return new AppError(
    'storage',
    "The older copy is accepted in the vault's log, but the mark beside the vault could not be written: it is still told as older. Nothing is lost.",
    { hint: 'Make sure that the disk has room and the folder can be written, then accept it again.', cause },
  );
}
