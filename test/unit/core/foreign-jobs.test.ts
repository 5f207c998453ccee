import { test } from 'vitest';
import type { RondoEvent } from '../../../shared/contract/contract.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { steppedClock } from '../../support/stepped-clock.ts';
import { unlock } from '../../support/temporary-core.ts';

/** The inventory of many tokens is read later than what is new of jobs, and both are told as of what was read. */
test('what another process does to a job between the two readings is told as well', async () => {
  const clock = steppedClock(1_000);
  await using connected = await connectedCore({ clock, tokens: 2_000 });
  const { client, core } = connected;
  await using another = await connected.another();
  const [{ id }, other] = [await connected.pick({ label: 'danger' }), await connected.pick({ label: 'fastlane' })];
  const { job } = expectOk(await another.client('job.start', { ids: [id, other.id] }));
  expectOk(await another.client('vault.lock', {}));
  await unlock(another);

  const heard = (holds: (event: RondoEvent) => boolean) =>
    new Promise<void>((resolve) => {
      core.subscribe((event: RondoEvent) => {
        if (holds(event)) resolve();
      });
    });
  const isJob = (state: string) => (event: RondoEvent) => event.event === 'job.changed' && event.value.state === state;
  const note = 'from now on it is known how long reading takes';
  const noted = heard(
    ({ event, value }) => event === 'inventory.changed' && value.tokens.some((token) => token.note === note),
  );
  expectOk(await client('token.edit', { id, note }));
  await noted;

  const dispose = core.watchForeignWrites();
  const paused = heard(isJob('paused'));
  const whole = heard(({ event }) => event === 'inventory.changed');
  const stopped = heard(isJob('stopped'));
  expectOk(await another.client('job.pause', { id: job.id }));
  await clock.step();
  await paused;
  expectOk(await another.client('job.stop', { id: job.id }));
  await whole;
  await clock.step();
  await stopped;
  dispose();
});
