import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { finishedStore } from './rotation-store.ts';

/**
 * What an earlier rotation of this token sent and never found may be carried out yet: it is over, failed or given up, and
 * looks no more, so this one does. Of one that was given up before it was settled, what was disputed is named already.
 */
export function withUnfoundBefore(world: RotationWorld, record: RotationRecord): RotationRecord {
  const unfound = finishedStore
    .list(world.session())
    .filter(({ token, request }) => token === record.token && request.label === record.request.label)
    .toSorted((left, right) => left.startedAt.localeCompare(right.startedAt))
    .flatMap((earlier) => unfoundOf(earlier) ?? [])
    .at(-1);
  return unfound === undefined ? record : { ...record, unfound };
}

function unfoundOf({ unfound, attempt }: RotationRecord): [readonly string[]] | undefined {
  if (unfound !== undefined) return [unfound];
  return attempt === undefined ? undefined : [[...attempt.keysBefore, ...(attempt.disputed ?? [])]];
}
