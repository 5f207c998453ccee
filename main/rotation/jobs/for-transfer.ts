import type { SkipReason } from '../../../shared/contract/transfer.ts';
import { type JobRecord, jobStore } from './job-record.ts';

/**
 * Jobs go along for their reports. One that is under way is left with the vault that runs it: as its open rotations stay
 * there, it is a stopped one where it arrives, and two vaults never rotate the same tokens at once.
 */
export const jobTransfer = {
  store: jobStore,
  leaves: (record: JobRecord) => ({ record: ended(record), value: false }),
  refusals: () => (): SkipReason | undefined => undefined,
  settles: (record: JobRecord) => record,
  endsValue: () => false,
};

function ended(record: JobRecord): JobRecord {
  return record.state === 'running' || record.state === 'paused' ? { ...record, state: 'stopped' } : record;
}
