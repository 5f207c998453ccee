import type { Id } from '../../shared/ids.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { openRotations } from './rotation-store.ts';

/**
 * Whoever runs a rotation holds the lock file: where neither this process runs it nor another one holds the file, nobody
 * does. Nor does one that holds it for something else, where the process that ran this one is over. Asking for the lock
 * file takes it for a moment: only of one that says that it runs.
 */
export function mayRun(world: Pick<RotationWorld, 'running' | 'session' | 'processes'>, record: Running): boolean {
  return world.running.has(record.id) || runsElsewhere(world, record);
}

type Running = Pick<RotationRecord, 'id' | 'runner'>;

function runsElsewhere({ session, processes }: Pick<RotationWorld, 'session' | 'processes'>, { runner }: Running) {
  const isOver = runner !== undefined && processes.isOver(runner);
  return !isOver && session().isHeldElsewhere();
}

/** Those that another process works on: should it be killed, it writes nothing more that could tell of it. */
export function allElsewhere(world: RotationWorld): Id[] {
  return openRotations(world.session())
    .filter((record) => record.state === 'running' && !world.running.has(record.id) && runsElsewhere(world, record))
    .map(({ id }) => id);
}
