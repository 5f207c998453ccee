import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';

/**
 * Whoever runs a rotation holds the lock file: where neither this process runs it nor another one holds the file, nobody
 * does. Asking for the lock file takes it for a moment: only of one that says that it runs.
 */
export function mayRun(
  { running, session }: Pick<RotationWorld, 'running' | 'session'>,
  { id }: Pick<RotationRecord, 'id'>,
): boolean {
  return running.has(id) || session().isHeldElsewhere();
}
