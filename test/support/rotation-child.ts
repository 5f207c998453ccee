// A real process that rotates, resumes or creates, and can be cut off at one of its own points:
// node rotation-child.mjs VAULT_DIR ACT KILL_AT HOLD_AT
// ACT is what test/support/rotation-run.ts calls so, as JSON; without `start`, `create` and `abandon` it resumes. The process prints one line a
// point. KILL_AT is the number of the point at which it kills itself with SIGKILL, HOLD_AT that of the
// point at which it stands still until its standard input has a line; -1: never.
import { readSync, writeSync } from 'node:fs';
import { createCore } from '../../main/core.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { cheapKdf, expectOk, password } from './core-pieces.ts';
import type { RotationAct } from './rotation-run.ts';

const [vaultDir = '', act = '{}', killAt = '-1', holdAt = '-1'] = process.argv.slice(2);
const { start, create, told, value, confirm, abandon, hurried, aheadMs = 0, ...more } = JSON.parse(act) as RotationAct;
let points = 0;
let ahead = aheadMs;
let watching = false;

const core = createCore({
  vaultDir,
  clock: {
    now: () => systemClock.now() + ahead,
    async sleep(durationMs, signal) {
      if (hurried !== true) return systemClock.sleep(durationMs, signal);
      signal?.throwIfAborted();
      ahead += durationMs;
    },
  },
  random: systemRandom,
  deriveKeyWorkerUrl: new URL('../node/derive-key-worker.mjs', import.meta.url),
  actor: 'test',
  environment: {},
  // As the vault was made: a stronger one would derive anew in each of hundreds of processes.
  creationKdf: cheapKdf,
  observe(point) {
    if (!watching) return;
    writeSync(1, `${point}\n`);
    if (points === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    // Not a turn of the event loop is taken meanwhile.
    if (points === Number(holdAt)) readSync(0, Buffer.alloc(1));
    points += 1;
  },
});

expectOk(await core.client('vault.unlock', { password: password() }));
watching = true;
const states = await done();
watching = false;
writeSync(1, `states ${states}\n`);
await core.close();

async function done(): Promise<string> {
  if (create !== undefined) return created(create);
  return abandon === undefined ? rotated() : givenUp(abandon);
}

async function givenUp(id: string): Promise<string> {
  const { rotations } = expectOk(await core.client('rotation.abandon', { id, confirm: 'ABANDON' }));
  return rotations.map(({ state }) => state).join(',');
}

async function rotated(): Promise<string> {
  const answer =
    start === undefined
      ? await core.client('rotation.resume', {
          ids: told === undefined ? [] : [told],
          ...(value === undefined ? {} : { value: new TextEncoder().encode(value) }),
          ...(confirm === undefined ? {} : { confirm }),
        })
      : await core.client('rotation.start', { ids: [start], keep: false, dryRun: false, ...more });
  return answer.ok ? answer.value.rotations.map(({ state }) => state).join(',') : answer.error.code;
}

async function created(wanted: NonNullable<RotationAct['create']>): Promise<string> {
  return expectOk(await core.client('token.create-project', { ...wanted, keep: false })).token.state;
}
