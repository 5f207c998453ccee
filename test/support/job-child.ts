// A real process that runs a job, goes on with one or has it rest, and can be cut off at one of its own points:
// node job-child.mjs VAULT_DIR ACT KILL_AT
// ACT is what test/support/job-process.ts calls so, as JSON. The process prints one line a point, and the job where it comes
// to its end. KILL_AT is the point at which it kills itself with SIGKILL: its number, or its name for the first of that name.
import { writeSync } from 'node:fs';
import { createCore } from '../../main/core.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { cheapKdf, expectOk, password } from './core-pieces.ts';
import type { JobAct } from './job-process.ts';

const [vaultDir = '', act = '{}', killAt = ''] = process.argv.slice(2);
const { start, goOn = 'resume', rest }: JobAct = JSON.parse(act);
let points = 0;
let watching = false;
let begun: string | undefined;
let resting: Promise<unknown> | undefined;

const core = createCore({
  vaultDir,
  clock: systemClock,
  random: systemRandom,
  deriveKeyWorkerUrl: new URL('../node/derive-key-worker.mjs', import.meta.url),
  actor: 'test',
  environment: {},
  creationKdf: cheapKdf,
  observe(point) {
    if (!watching) return;
    writeSync(1, `${point}\n`);
    if (String(points) === killAt || point === killAt) process.kill(process.pid, 'SIGKILL');
    points += 1;
    if (rest === undefined || begun === undefined || resting !== undefined) return;
    resting = Promise.resolve();
    resting = core.client(`job.${rest}`, { id: begun });
  },
});

async function job() {
  if (start !== undefined) {
    return expectOk(await core.client('job.start', { ...start, ids: [...(start.ids ?? [])], confirm: 'ROTATE' })).job;
  }
  const [newest] = expectOk(await core.client('job.list', {})).jobs;
  if (newest === undefined) throw new Error('there is no job to go on with');
  return expectOk(await core.client(`job.${goOn}`, { id: newest.id })).job;
}

expectOk(await core.client('vault.unlock', { password: password() }));
watching = true;
const { id } = await job();
begun = id;
await core.client('job.wait', { id });
await resting;
watching = false;
writeSync(1, `ended ${JSON.stringify(expectOk(await core.client('job.show', { id })).job)}\n`);
await core.close();
