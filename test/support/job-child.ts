// A real process that runs a job over every project token, or goes on with the only one there is, and can be cut off:
// node job-child.mjs VAULT_DIR overlap|cut-over|resume KILL_AT
// It kills itself with SIGKILL at the point of this number, and prints `points N` and the job where it comes to its end.
import { writeSync } from 'node:fs';
import { createCore } from '../../main/core.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { rotationMode } from '../../shared/contract/rotation.ts';
import { cheapKdf, expectOk, password } from './core-pieces.ts';

const [vaultDir = '', act = '', killAt = '-1'] = process.argv.slice(2);
let points = 0;
let watching = false;

const core = createCore({
  vaultDir,
  clock: systemClock,
  random: systemRandom,
  deriveKeyWorkerUrl: new URL('../node/derive-key-worker.mjs', import.meta.url),
  actor: 'test',
  environment: {},
  creationKdf: cheapKdf,
  observe() {
    if (!watching) return;
    if (points === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    points += 1;
  },
});

async function begun() {
  if (act !== 'resume') {
    const filter = { kind: 'project', state: 'active' } as const;
    const mode = rotationMode.parse(act);
    return expectOk(await core.client('job.start', { ids: [], filter, mode, confirm: 'ROTATE' })).job;
  }
  const [job] = expectOk(await core.client('job.list', {})).jobs;
  if (job === undefined) throw new Error('there is no job to go on with');
  return expectOk(await core.client('job.resume', { id: job.id })).job;
}

expectOk(await core.client('vault.unlock', { password: password() }));
watching = true;
const { id } = await begun();
const { job } = expectOk(await core.client('job.wait', { id }));
watching = false;
writeSync(1, `${JSON.stringify({ points, job })}\n`);
await core.close();
