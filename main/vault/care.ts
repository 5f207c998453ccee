// What is done for a vault that is damaged.
import type { CarveReport, DamageReport } from '../../shared/contract/vault.ts';
import { type CarveWanted, type CarveWorld, carveVault } from './carve.ts';
import { edge, edgeAsync, withCopy } from './edges.ts';
import type { Mark } from './mark.ts';
import { noteOlderCopy } from './older-copy.ts';
import { openSession } from './open-session.ts';
import type { OwnHold } from './put-in-place.ts';
import { type DamageWanted, findDamage, type RepairWanted, repairVault } from './repair.ts';
import type { Unlocked } from './unlock-vault.ts';
import type { VaultTransaction } from './vault.ts';

/** An unlocked vault, with what is kept beside it. */
export interface OpenVault extends Unlocked {
  readonly mark: Mark;
}

export interface CareWorld extends CarveWorld {
  /** @throws AppError locked */
  readonly live: () => OpenVault;
  readonly hold: OwnHold;
}

export interface VaultCare {
  /** Where an older copy was put in the vault's place, and nobody has noted it yet. @throws AppError locked, storage */
  noteOlderCopy(restored: (transaction: VaultTransaction) => void): void;
  /** What `verify` finds, and what a repair would do about each. @throws AppError locked, vault-damaged, storage */
  damage(wanted: DamageWanted): DamageReport;
  /**
   * Puts a new file in the place of a damaged one, which is kept, and locks. Where nothing is damaged it does nothing.
   * @throws AppError locked, confirmation-required, vault-busy, vault-damaged, storage: then the vault is as it was; only of
   * an older copy its log may say already that it is accepted, and the error tells
   */
  repair(wanted: RepairWanted): DamageReport & { readonly kept?: string };
  /**
   * Makes a new vault in another folder out of what still lies in this one's file; that is only read. The secret is
   * overwritten. @throws AppError not-found, wrong-password, invalid-input (a vault is there), vault-damaged, storage
   */
  carve(wanted: CarveWanted): Promise<CarveReport>;
}

export function createCare(world: CareWorld): VaultCare {
  const opened = () => {
    const { mark, ...unlocked } = world.live();
    return { mark, unlocked };
  };
  return {
    noteOlderCopy(restored) {
      const { mark } = world.live();
      edge(() => noteOlderCopy({ ...world, mark, session: openSession(world) }, restored));
    },
    damage: (wanted) => edge(() => findDamage({ ...world, ...opened() }, wanted)),
    repair: (wanted) => edge(() => repairVault({ ...world, ...opened() }, wanted)),
    carve: (wanted) =>
      edgeAsync(() =>
        withCopy(wanted.credential.secret, (secret) =>
          carveVault(world, { ...wanted, credential: { ...wanted.credential, secret } }),
        ),
      ),
  };
}
