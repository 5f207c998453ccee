// A real process that runs a job, goes on with one or has it rest, and can be cut off at one of its own points:
// node job-child.mjs VAULT_DIR ACT KILL_AT
// ACT is what test/support/job-process.ts calls so, as JSON. It ends with the job, also as JSON. KILL_AT and what is printed:
// core-cut-off.ts; -1: never.
import { coreCutOff } from './core-cut-off.ts';
import { expectOk } from './core-pieces.ts';
import type { JobAct } from './job-process.ts';

const [vaultDir = '', act = '{}', killAt = '-1'] = process.argv.slice(2);
const { start, goOn = 'resume', rest }: JobAct = JSON.parse(act);
let begun: string | undefined;
let resting: Promise<unknown> | undefined;

const { client, run } = coreCutOff({
  vaultDir,
  killAt,
  passed() {
    if (rest === undefined || begun === undefined || resting !== undefined) return;
    resting = Promise.resolve();
    resting = client(`job.${rest}`, { id: begun });
  },
});

async function job() {
  if (start !== undefined) {
    return expectOk(await client('job.start', { ...start, ids: [...(start.ids ?? [])], confirm: 'ROTATE' })).job;
  }
  const [newest] = expectOk(await client('job.list', {})).jobs;
  if (newest === undefined) throw new Error('there is no job to go on with');
  return expectOk(await client(`job.${goOn}`, { id: newest.id })).job;
}

await run(async () => {
  const { id } = await job();
  begun = id;
  await client('job.wait', { id });
  await resting;
  return JSON.stringify(expectOk(await client('job.show', { id })).job);
});
