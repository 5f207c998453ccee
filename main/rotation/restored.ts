import type { VaultTransaction } from '../vault/vault.ts';
import { openRotations } from './rotation-store.ts';

const happened = {
  backup: 'The vault was restored from a backup',
  'older-copy': 'An older copy of the vault was put in its place',
} as const;

/**
 * The world went on after the backup was made: what an open rotation says of CircleCI may be true no more. So nothing
 * goes on by itself; a person looks, and then resumes it by its name or gives it up. Of a creation that was under way its
 * token may have been found since, and be in use: what of the list came of it is never certain again (tokens/creation).
 */
export function noteRestored(
  transaction: VaultTransaction,
  restoredAt: string,
  from: 'backup' | 'older-copy' = 'backup',
): void {
  for (const { id, attempt, ...row } of openRotations(transaction)) {
    const error = {
      code: 'needs-attention' as const,
      message: `${happened[from]} while this rotation was open, and CircleCI may be further than it.`,
      hint: 'Sync and look at the token on CircleCI. Then resume this rotation, or give it up.',
    };
    const disputed = attempt === undefined ? {} : { attempt: { disputed: [], ...attempt } };
    transaction.putJournal(id, { ...row, ...disputed, state: 'needs-attention', restoredAt, error });
  }
}
