// What the window does with what its core tells of itself.
import type { RondoEvent } from '../../shared/contract/contract.ts';
import type { VaultStatus } from '../../shared/contract/vault.ts';

type Told = NonNullable<VaultStatus['lockedBecause']>;

export interface CoreEventsWorld {
  readonly isEnding: () => boolean;
  readonly isLocking: () => boolean;
  readonly toldWhileLocking: (reason: Told) => void;
  readonly became: (unlocked: boolean) => void;
  readonly lock: (reason: Told) => void;
  readonly push: (event: RondoEvent) => void;
}

export function hearCore(world: CoreEventsWorld): (event: RondoEvent) => void {
  return (event) => {
    // Nobody needs a fresh window and a fresh core any more, and the page goes with this one.
    if (world.isEnding()) return;
    const told = event.event === 'vault.changed' ? event.value.lockedBecause : undefined;
    // What a core tells while it is being locked is not for the page that came in its place.
    if (world.isLocking()) {
      if (told !== undefined) world.toldWhileLocking(told);
      return;
    }
    if (event.event === 'vault.changed') world.became(!event.value.locked);
    if (told !== undefined) world.lock(told);
    else world.push(event);
  };
}
