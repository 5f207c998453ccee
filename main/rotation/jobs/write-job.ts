import type { Id } from '../../../shared/ids.ts';
import type { Act } from '../../vault/witness.ts';
import { type JobRecord, jobStore } from './job-record.ts';
import type { JobsWorld } from './ports.ts';

/** A job's record as it is to be, and the line of the activity that goes with it. */
export interface JobEntry {
  readonly record: JobRecord;
  readonly act: Act;
}

/**
 * Every line of a job's history goes through here, in one durable transaction with the activity's; `point` is its stable
 * name for the observer. What is to be written is decided in the transaction, by what is true there: meanwhile somebody
 * may have asked the job to rest. Undefined: nothing.
 */
export function writeJob(world: JobsWorld, point: string, entry: () => JobEntry | undefined): void {
  world.observe(`job ${point} before`);
  world.session().write((transaction) => {
    const written = entry();
    if (written === undefined) return;
    jobStore.put(transaction, written.record, 'none');
    transaction.appendLog(world.witness(written.act));
  });
  world.observe(`job ${point} after`);
}

export function jobOf(world: JobsWorld, id: Id): JobRecord {
  const job = jobStore.get(world.session(), id);
  if (job === undefined) throw new Error('a job that runs is not in the vault');
  return job;
}
