// A real process that rotates, resumes or creates, and can be cut off at one of its own points:
// node rotation-child.mjs VAULT_DIR ACT KILL_AT HOLD_AT
// ACT is what test/support/rotation-run.ts calls so, as JSON; without `start`, `create` and `abandon` it resumes. It ends
// with the states of its rotations. KILL_AT, HOLD_AT and what is printed: core-cut-off.ts; -1: never.
import { systemClock } from '../../main/platform/clock.ts';
import { coreCutOff } from './core-cut-off.ts';
import { expectOk } from './core-pieces.ts';
import type { RotationAct } from './rotation-run.ts';

const [vaultDir = '', act = '{}', killAt = '-1', holdAt = '-1'] = process.argv.slice(2);
const { start, create, told, value, confirm, abandon, hurried, aheadMs = 0, ...more } = JSON.parse(act) as RotationAct;
let ahead = aheadMs;

const { client, run } = coreCutOff({
  vaultDir,
  killAt,
  holdAt,
  clock: {
    now: () => systemClock.now() + ahead,
    async sleep(durationMs, signal) {
      if (hurried !== true) return systemClock.sleep(durationMs, signal);
      signal?.throwIfAborted();
      ahead += durationMs;
    },
  },
});

await run(done);

async function done(): Promise<string> {
  if (create !== undefined) return created(create);
  return abandon === undefined ? rotated() : givenUp(abandon);
}

async function givenUp(id: string): Promise<string> {
  const { rotations } = expectOk(await client('rotation.abandon', { id, confirm: 'ABANDON' }));
  return rotations.map(({ state }) => state).join(',');
}

async function rotated(): Promise<string> {
  const answer =
    start === undefined
      ? await client('rotation.resume', {
          ids: told === undefined ? [] : [told],
          ...(value === undefined ? {} : { value: new TextEncoder().encode(value) }),
          ...(confirm === undefined ? {} : { confirm }),
        })
      : await client('rotation.start', { ids: [start], keep: false, dryRun: false, ...more });
  return answer.ok ? answer.value.rotations.map(({ state }) => state).join(',') : answer.error.code;
}

async function created(wanted: NonNullable<RotationAct['create']>): Promise<string> {
  return expectOk(await client('token.create-project', { ...wanted, keep: false })).token.state;
}
