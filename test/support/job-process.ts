import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Job, job } from '../../shared/contract/job.ts';
import type { TokenFilter } from '../../shared/contract/token.ts';

const childPath = fileURLToPath(new URL('../../out/test/job-child.mjs', import.meta.url));

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
export function jobProcess(vaultDir: string, act: JobAct, killAt: number | string = -1): Promise<JobRun> {
  const child = spawn(process.execPath, [childPath, vaultDir, JSON.stringify(act), String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const lines = output.split('\n').filter((line) => line !== '');
      const ended = lines.find((line) => line.startsWith('ended '))?.slice('ended '.length);
      const points = lines.filter((line) => !line.startsWith('ended '));
      if (signal === 'SIGKILL') resolve({ points, job: undefined });
      else if (code === 0 && ended !== undefined) resolve({ points, job: job.parse(JSON.parse(ended)) });
      else reject(new Error(`the child ended with ${code}`));
    });
  });
}
