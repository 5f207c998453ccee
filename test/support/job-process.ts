import { type Job, job } from '../../shared/contract/job.ts';
import type { TokenFilter } from '../../shared/contract/token.ts';
import { runChild } from './child-run.ts';

/** What the process does. Without `start` it goes on with the newest job. */
export interface JobAct {
  readonly start?: {
    readonly ids?: readonly string[];
    readonly filter?: TokenFilter;
    readonly mode: 'overlap' | 'cut-over';
  };
  readonly goOn?: 'resume' | 'retry';
  /** At the first point after the job was begun. */
  readonly rest?: 'pause' | 'stop';
}

export interface JobRun {
  /** In order: each point that the job and its rotations reported, the last one being where it was killed. */
  readonly points: readonly string[];
  /** Undefined: it was killed. */
  readonly job: Job | undefined;
}

/** `killAt`: the number of the point at which the process kills itself, or the name of the first. Never, if absent. */
export async function jobProcess(vaultDir: string, act: JobAct, killAt: number | string = -1): Promise<JobRun> {
  const { points, ended, signal } = await runChild('job-child', [vaultDir, JSON.stringify(act), String(killAt)]).over;
  if (signal === 'SIGKILL') return { points, job: undefined };
  if (ended === undefined) throw new Error('the child did not come to its end');
  return { points, job: job.parse(JSON.parse(ended)) };
}
