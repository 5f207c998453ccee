import { AppError } from './app-error.ts';
import { paced } from './platform/paced.ts';

/**
 * Below what a person notices, and at most ten whole inventories a second. Reading 10 000 tokens takes some 50 ms: a long
 * sync must not spend more than a twentieth of its time on telling.
 */
const pace = { leastPauseMs: 100, pausePerRun: 20 };

/** To be called after each write: announces the whole inventory, and writes that follow each other together. */
export function createInventoryFeed<Inventory>(
  read: () => Inventory,
  announce: (inventory: Inventory) => void,
): () => void {
  return paced(() => {
    try {
      announce(read());
    } catch (error) {
      // Locked meanwhile, or not readable: whoever asks next is told so by the answer.
      if (!(error instanceof AppError)) throw error;
    }
  }, pace);
}
