// What is done for a vault that is damaged.
import type { DamageReport } from '../../shared/contract/vault.ts';
import { edge } from './edges.ts';
import type { PlaceWorld } from './put-in-place.ts';
import { findDamage, type RepairWanted, repairVault } from './repair.ts';
import type { BackupName } from './repair-sources.ts';
import type { Unlocked } from './unlock-vault.ts';
import type { Witness } from './witness.ts';

export interface CareWorld extends PlaceWorld {
  readonly witness: Witness;
  /** @throws AppError locked */
  readonly live: () => Unlocked;
  readonly lock: () => void;
}

export interface VaultCare {
  /** What `verify` finds, and what a repair would do about each. @throws AppError locked, vault-damaged, storage */
  damage(backups: readonly BackupName[]): DamageReport;
  /**
   * Puts a new file in the place of a damaged one, which is kept, and locks. Where nothing is damaged it does nothing.
   * @throws AppError locked, confirmation-required, vault-busy, vault-damaged, storage: then the vault is as it was
   */
  repair(wanted: RepairWanted): DamageReport & { readonly kept?: string };
}

export function createCare(world: CareWorld): VaultCare {
  return {
    damage: (backups) => edge(() => findDamage({ ...world, unlocked: world.live() }, backups)),
    repair: (wanted) => edge(() => repairVault({ ...world, unlocked: world.live() }, wanted)),
  };
}
