import type { PartFailure } from '../../../shared/contract/sync.ts';
import type { AppError } from '../../app-error.ts';
import type { Act } from '../../vault/witness.ts';
import { isUnwritten } from '../in-turn.ts';
import type { RotationRecord } from '../rotation-record.ts';
import type { JobsWorld } from './ports.ts';
import { jobOf, writeJob } from './write-job.ts';

/** Why a job pauses by itself. Whoever resumes it has seen why. */

export function pauseUnanswered(world: JobsWorld, id: string, code: 'network' | 'rate-limited'): void {
  pause(world, id, { code, ...unanswered[code] });
}

const unanswered = {
  network: {
    message: 'CircleCI was not reached several times in a row, so the job paused. Nothing is lost.',
    hint: 'Go on with it when the network is back.',
  },
  'rate-limited': {
    message:
      'CircleCI answered several tokens in a row only by asking to be left alone (too many requests, or away), so the job paused. Nothing is lost.',
    hint: 'Go on with it later, or ask CircleCI for its limit.',
  },
} as const;

/** What happened to one of them would happen to the others: so no other old token is deleted. */
export function pauseStranded(world: JobsWorld, id: string, { error }: RotationRecord): void {
  pause(world, id, {
    code: error?.code ?? 'needs-attention',
    message: 'An old token is deleted, and its new one could not be made. So the job paused before it deletes another.',
    hint: 'Look at that token first, and resume its rotation. Then go on with the job; in overlap nothing is deleted before the new one is there.',
  });
}

/** Nothing can be written down, so nothing more is begun. Perhaps not even this: then the job is one that was cut off. */
export function pauseUnwritten(world: JobsWorld, id: string, { code, happened, hint }: AppError): void {
  const error = { code, message: `${happened} The job paused; what it did before that is written down.` };
  try {
    pause(world, id, { ...error, hint: `${hint ?? ''} Then go on with it.`.trimStart() });
  } catch (unwritten) {
    if (!isUnwritten(unwritten)) throw unwritten;
  }
}

function pause(world: JobsWorld, id: string, error: PartFailure): void {
  writeJob(world, 'paused by itself', () => {
    const job = jobOf(world, id);
    if (job.state !== 'running') return undefined;
    const act: Act = { action: 'job.paused', subject: id, outcome: 'failed', detail: error.code };
    return { record: { ...job, state: 'paused', error }, act };
  });
}
