import type { RotationRecord } from '../rotation-record.ts';
import type { Item } from './work-list.ts';

/**
 * When a cut-over of a job may begin. Each deletes its old token first, so whether the host still makes tokens of that kind
 * is shown by one alone, before others follow; and while one waits for its new token, no other is deleted.
 */
export interface Deletions {
  mayBegin(item: Item, busy: Iterable<Item>): boolean;
  /** Its old token is deleted, and its new one is tried again. */
  hold(item: Item): void;
  /** Resolves when none is held, or this one is: for those that had begun before. */
  untilNoneIsHeld(token: string): Promise<void>;
  /** `record`: undefined where it was not begun. */
  ended(item: Item, record: RotationRecord | undefined): void;
}

export function createDeletions(): Deletions {
  const held = new Set<Item>();
  const shown = new Set<string>();
  let letGo = Promise.withResolvers<void>();
  return {
    mayBegin(item, busy) {
      if (item.work.mode !== 'cut-over') return true;
      if (held.size > 0) return false;
      const { creates } = item.ground;
      return (
        shown.has(creates) ||
        [...busy].every(({ work, ground }) => work.mode !== 'cut-over' || ground.creates !== creates)
      );
    },
    hold: (item) => void held.add(item),
    async untilNoneIsHeld(token) {
      // Its deletion was untrue and is sent again: whoever is held waits for nobody.
      if ([...held].some(({ work }) => work.token === token)) return;
      while (held.size > 0) await letGo.promise;
    },
    ended(item, record) {
      if (held.delete(item)) {
        letGo.resolve();
        letGo = Promise.withResolvers();
      }
      const isNew = record?.createdAt !== undefined && item.work.open?.createdAt === undefined;
      if (isNew) shown.add(item.ground.creates);
    },
  };
}
