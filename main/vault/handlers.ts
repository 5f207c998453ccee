import type { RondoCalls, RondoHandlers } from '../../shared/contract/contract.ts';
import type { Input } from '../../shared/contract/kit.ts';
import { AppError } from '../app-error.ts';
import type { SlotType } from './header.ts';
import type { RepairNotes } from './repair-notes.ts';
import type { BackupName } from './repair-sources.ts';
import type { Vault } from './vault.ts';

type VaultChannels = Extract<keyof RondoHandlers, `vault.${string}`>;

export interface VaultWatch {
  /** Lets running acts end before the keys go. */
  readonly settle: () => Promise<void>;
  /** Whether somebody asked for that. */
  readonly stopping: () => boolean;
  /** Told after each change of the vault's state. */
  readonly changed: () => void;
  readonly unlocked: () => void;
  /** The vault's own backups, newest first. */
  readonly backups: () => readonly BackupName[];
  readonly notes: RepairNotes;
}

export function vaultHandlers(
  vault: Vault,
  { settle, stopping, changed, unlocked, backups, notes }: VaultWatch,
): Pick<RondoHandlers, VaultChannels> {
  /** Whoever asked is gone by then: what opens the vault would be told to nobody, and the way before it be void. */
  const refuseWhenStopping = () => {
    if (stopping()) throw lockedMeanwhile();
  };
  return {
    'vault.create': async ({ password }) => {
      const created = await vault.create(password);
      changed();
      return { vault: created };
    },
    'vault.status': () => ({ vault: vault.status() }),
    'vault.unlock': async (opener) => {
      const session = await vault.unlock(...secretOf(opener));
      changed();
      unlocked();
      return { vault: vault.status(), damaged: [...session.damaged] };
    },
    'vault.change-password': async ({ newPassword, ...opener }) => {
      const [secret, by] = secretOf(opener);
      await vault.changePassword(secret, newPassword, by === 'keychain' ? 'password' : by);
      return { vault: vault.status() };
    },
    'vault.ways': () => vault.ways(),
    'vault.make-recovery-code': async ({ password }) => ({
      recoveryCode: await vault.addWay('recovery', password, refuseWhenStopping),
    }),
    'vault.make-keychain-key': async ({ password }) => ({
      keychainKey: await vault.addWay('keychain', password, refuseWhenStopping),
    }),
    'vault.remove-way': async ({ way, ...opener }) => {
      await vault.removeWay(way, ...secretOf(opener));
      return { vault: vault.status() };
    },
    'vault.re-key': async ({ password, confirm, recoveryCode, keychainKey }) => {
      if (confirm !== 'RE-KEY') throw notConfirmed([password, recoveryCode, keychainKey]);
      const recovery = recoveryCode === undefined ? [] : [{ type: 'recovery', secret: recoveryCode } as const];
      const keychain = keychainKey === undefined ? [] : [{ type: 'keychain', secret: keychainKey } as const];
      try {
        const removed = await vault.reKey(password, [...recovery, ...keychain]);
        return { vault: vault.status(), removed: [...removed] };
      } finally {
        changed();
      }
    },
    'vault.lock': async () => {
      await settle();
      vault.lock();
      changed();
      return { vault: vault.status() };
    },
    'vault.verify': () => vault.session().verify(),
    'vault.damage': () => vault.damage({ ...notes, backups: backups() }),
    'vault.carve': ({ into, ...opener }) => {
      const [secret, type] = secretOf(opener);
      return vault.carve({ into, credential: { type, secret }, backups: backups(), ...notes });
    },
    'vault.repair': (wanted) => {
      try {
        return vault.repair({ ...wanted, ...notes, backups: backups() });
      } finally {
        changed();
      }
    },
  };
}

function lockedMeanwhile(): AppError {
  return new AppError('stopped', 'The vault was locked while another way into it was being made.', {
    effect: 'nothing-changed',
    hint: 'Unlock it, then make it again.',
  });
}

/** Overwrites what would have opened it. */
function notConfirmed(secrets: readonly (Uint8Array | undefined)[]): AppError {
  for (const secret of secrets) secret?.fill(0);
  return new AppError('confirmation-required', 'New keys end every way into the vault that is not shown.', {
    effect: 'nothing-changed',
    hint: 'Confirm it with the word RE-KEY.',
  });
}

/** The contract lets exactly one of them through. */
function secretOf(opener: Input<RondoCalls['vault.unlock']>): [Uint8Array, SlotType] {
  const { password, recoveryCode, keychainKey } = opener;
  if (password !== undefined) return [password, 'password'];
  if (recoveryCode !== undefined) return [recoveryCode, 'recovery'];
  return [keychainKey ?? new Uint8Array(0), 'keychain'];
}
