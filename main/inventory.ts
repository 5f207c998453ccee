import { inBackground } from './platform/clock.ts';

/**
 * Announces the whole inventory after it changed. A rotation writes a dozen times a second and an inventory may hold
 * 10 000 tokens, so writes that follow each other are announced together.
 */
export interface InventoryFeed {
  /** Something was written. */
  touched(): void;
}

/** Below what a person notices, and at most ten whole inventories a second. */
const togetherMs = 100;

export function createInventoryFeed(announce: () => void): InventoryFeed {
  let pending = false;
  return {
    touched() {
      if (pending) return;
      pending = true;
      inBackground(togetherMs, () => {
        pending = false;
        announce();
      });
    },
  };
}
