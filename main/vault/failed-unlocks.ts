// What tried to open the vault and did not: counted while it is locked, and told to its log by the next one that opens it.
import type { SlotType } from './header.ts';
import type { VaultSession } from './vault.ts';
import type { Witness } from './witness.ts';

export interface FailedUnlocks {
  count(by: SlotType): void;
  /** Where that cannot be written, they are counted on, and logged at the next unlock. */
  logIn(session: VaultSession): void;
}

const words: Readonly<Record<SlotType, string>> = {
  password: 'with a wrong password',
  recovery: 'with a wrong recovery code',
  keychain: 'with a key of the keychain that does not open it',
};

export function createFailedUnlocks(witness: Witness): FailedUnlocks {
  const counts = new Map<SlotType, number>();
  return {
    count: (by) => void counts.set(by, (counts.get(by) ?? 0) + 1),
    logIn(session) {
      if (counts.size === 0) return;
      const failed = [...counts].map(([by, count]) => `${count} ${words[by]}`).join(', ');
      const detail = `${failed}, since the vault was last opened here`;
      try {
        session.write((transaction) => {
          transaction.appendLog(witness({ action: 'vault.unlock', outcome: 'failed', detail }));
        });
        counts.clear();
      } catch {
        // The next unlock has them.
      }
    },
  };
}
