import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { finishedStore } from './rotation-store.ts';

/**
 * What an earlier rotation of this token sent and never found may be carried out yet: it has failed and looks no more, so
 * this one does.
 */
export function withUnfoundBefore(world: RotationWorld, record: RotationRecord): RotationRecord {
  const last = finishedStore
    .list(world.session())
    .filter(({ token, unfound, request }) => {
      return token === record.token && unfound !== undefined && request.label === record.request.label;
    })
    .toSorted((left, right) => left.startedAt.localeCompare(right.startedAt))
    .at(-1);
  return last?.unfound === undefined ? record : { ...record, unfound: last.unfound };
}
