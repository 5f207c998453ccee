import { forgetHowSignedIn, signsInAsThen } from './accounts/for-repair.ts';
import { projectStore } from './accounts/project-store.ts';
import { type Clock, isoInstant } from './platform/clock.ts';
import { jobStore } from './rotation/jobs/job-record.ts';
import { noteRestored } from './rotation/restored.ts';
import { finishedStore } from './rotation/rotation-store.ts';
import { disputeCreations } from './tokens/creation-journal.ts';
import { forgetLost, holdNewer, holdsSameToken } from './tokens/for-repair.ts';
import type { RepairNotes } from './vault/repair-notes.ts';
import type { VaultTransaction } from './vault/vault.ts';

export interface Notes extends RepairNotes {
  /** The whole vault is an older copy, which somebody put in its place. */
  readonly foundOlder: (transaction: VaultTransaction) => void;
}

/** What every room notes, and knows, where the vault is not all its newest: what a repair, a carving and a restore ask. */
export function createRepairNotes(clock: Clock): Notes {
  const goneOn = (from: 'backup' | 'older-copy') => (transaction: VaultTransaction) => {
    noteRestored(transaction, isoInstant(clock.now()), from);
    disputeCreations(transaction);
  };
  return {
    restored: goneOn('backup'),
    foundOlder: goneOn('older-copy'),
    valuesLost: forgetLost,
    valuesNewer(transaction, ids) {
      holdNewer(transaction, ids);
      forgetHowSignedIn(transaction, ids);
    },
    hasSameValue: (now, then) => holdsSameToken(now, then) || signsInAsThen(now, then),
    // Nor has a creation one; but an older form of it says less of what it made, so it is asked about.
    kindsWithoutValue: new Set([projectStore, jobStore, finishedStore].map(({ noun }) => noun)),
  };
}
