import type { AuditAction } from '../../shared/audit-actions.ts';
import type { Place } from '../circleci/circleci.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import type { Attempt, Settled } from './creation.ts';
import { creationStore, type OpenCreation } from './creation-store.ts';
import type { TokensWorld } from './ports.ts';

export function openCreationsAt(world: TokensWorld, account: string, place: Place): OpenCreation[] {
  return creationStore
    .list(world.session())
    .filter((open) => open.account === account && isSamePlace(open.place, place))
    .toSorted((left, right) => left.attempt.startedAt.localeCompare(right.attempt.startedAt));
}

/** After a restore nothing that is listed is certainly what came of it: it may have been found since, and be in use. */
export function disputeCreations(transaction: VaultTransaction): void {
  for (const open of creationStore.list(transaction)) {
    creationStore.put(transaction, { ...open, attempt: { disputed: [], ...open.attempt } }, 'none');
  }
}

export interface CreationJournal {
  /** As `Creation` wants it. */
  readonly record: (attempt: Attempt | undefined, settled?: Settled) => void;
  /** Its answer came: one durable write with whatever that made true. */
  readonly end: (also: (transaction: VaultTransaction) => void) => void;
}

/** Every line goes through here; the points are the observer's stable names. */
export function creationJournal(world: TokensWorld, open: Omit<OpenCreation, 'attempt'>): CreationJournal {
  const session = world.session();
  const write = (point: string, change: (transaction: VaultTransaction) => void) => {
    world.observe(`creation ${point} before`);
    session.write(change);
    world.observe(`creation ${point} after`);
  };
  const forget = (transaction: VaultTransaction) => {
    if (creationStore.get(transaction, open.id) !== undefined) transaction.removeRecord(open.id);
  };
  const note = (transaction: VaultTransaction, action: AuditAction, detail: string, outcome: 'ok' | 'failed' = 'ok') =>
    transaction.appendLog(world.witness({ action, subject: open.account, detail, outcome }));
  const where = placeName(open.place);

  return {
    record(attempt, settled) {
      if (attempt === undefined) {
        return write('settled', (transaction) => {
          forget(transaction);
          if (settled !== undefined && 'orphan' in settled) note(transaction, 'token.orphan-deleted', settled.orphan);
        });
      }
      if (attempt.disputed !== undefined) {
        // Whoever asked is told which they are, and decides: so nothing is left to settle.
        const { disputed } = attempt;
        return write('disputed', (transaction) => {
          forget(transaction);
          note(transaction, 'token.creation-unclear', `${where}, not certain which: ${disputed.join(', ')}`, 'failed');
        });
      }
      if (attempt.orphan !== undefined || attempt.endedAt !== undefined) {
        const point = attempt.orphan === undefined ? 'lost' : 'orphan';
        return write(point, (transaction) => creationStore.put(transaction, { ...open, attempt }, 'none'));
      }
      // Before the request leaves: a vault that cannot be written could not keep the value either.
      write('sending', (transaction) => {
        creationStore.put(transaction, { ...open, attempt }, 'none');
        note(transaction, 'token.creating', where);
      });
    },
    end(also) {
      write('created', (transaction) => {
        forget(transaction);
        also(transaction);
      });
    },
  };
}

/** As the log names it. */
export function placeName(place: Place): string {
  return place.kind === 'project' ? place.slug : 'personal';
}

function isSamePlace(left: Place, right: Place): boolean {
  return left.kind === 'personal' || right.kind === 'personal' ? left.kind === right.kind : left.slug === right.slug;
}
