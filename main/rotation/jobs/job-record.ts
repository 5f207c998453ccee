import * as z from 'zod';
import { danger } from '../../../shared/contract/job.ts';
import { instant } from '../../../shared/contract/kit.ts';
import { rotationMode } from '../../../shared/contract/rotation.ts';
import { partFailure } from '../../../shared/contract/sync.ts';
import { id } from '../../../shared/ids.ts';
import { createRecordStore, type Stored } from '../../vault/record-store.ts';

const jobRecord = z.object({
  title: z.string(),
  mode: rotationMode,
  retire: z.enum(['now', 'taken']),
  keep: z.boolean(),
  /** What the person wants of it. Whoever runs it looks here between two steps, also from another process. */
  state: z.enum(['running', 'paused', 'stopped', 'done']),
  /** The process that began it or went on with it last. */
  runner: z.string().exactOptional(),
  startedAt: instant,
  finishedAt: instant.exactOptional(),
  /** In order of danger, as it was decided at the start. */
  items: z.array(z.object({ token: id, mode: rotationMode, dangers: z.array(danger) })),
  /** Tokens for which no rotation could be planned, and why. */
  refused: z.array(z.object({ token: id, at: instant, error: partFailure })),
  error: partFailure.exactOptional(),
});

/**
 * A job as the vault holds it: the choice and the wish, never a value. How far it is, is not in here: each of its
 * rotations says in its own journal row or record which job it belongs to, so there is one truth and no double entry.
 */
export type JobRecord = Stored<z.output<typeof jobRecord>>;

export const jobStore = createRecordStore('job', jobRecord);
