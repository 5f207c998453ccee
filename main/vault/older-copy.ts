import type { MarkFinding } from '../../shared/contract/vault.ts';
import { AppError } from '../app-error.ts';
import type { VaultSession, VaultTransaction } from './vault.ts';
import type { Witness } from './witness.ts';

export interface OlderCopyNotes {
  readonly witness: Witness;
  /** As after a restore: what is open in it says what was true then. */
  readonly restored: (transaction: VaultTransaction) => void;
}

/**
 * An older copy of the vault was put in its place by hand, or by a program that keeps copies. It is a restore that nobody
 * has told Rondo of, so it is noted like one, before anything goes on by itself; once for each
 * number that was seen before, as what a person decides afterwards must not be undone by the next unlock. The log of that
 * copy tells whether it was. A second copy, put back before the vault has come as far again, is not told from the first. A vault that cannot
 * be written goes on with nothing either.
 */
export function noteOlderCopy(
  session: VaultSession,
  mark: MarkFinding | undefined,
  { witness, restored }: OlderCopyNotes,
): void {
  if (mark?.finding !== 'rolled-back') return;
  const detail = mark.seen === undefined ? 'its keys are older than were seen' : `the vault was at ${mark.seen} before`;
  const entry = witness({ action: 'vault.older-copy', detail });
  if (session.log().some((earlier) => earlier.action === entry.action && earlier.detail === detail)) return;
  try {
    session.write((transaction) => {
      restored(transaction);
      transaction.appendLog(entry);
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
