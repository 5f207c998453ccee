import { expect, test } from 'vitest';
import type { Clock } from '../../../main/platform/clock.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import type { Said } from '../../support/in-between.ts';

/**
 * The answer to a create is lost, and CircleCI has made nothing: what a teammate made meanwhile looks like what came of it.
 * `made`: has them make it; `said`: the list from just before the create.
 */
type BeforeCreate = (said: Said, made: () => Promise<void>) => Said | Promise<Said>;

async function expectLeftAlone(clock: Clock, beforeCreate: BeforeCreate): Promise<void> {
  await using connected = await connectedCore({ clock });
  const old = await connected.pick({ label: 'danger' });
  const before = new Set(connected.alive().keys());
  const made = async () => {
    const scope = old.scope === 'admin' ? 'all' : 'view-builds';
    await connected.colleague('POST', `/api/v1.1/project/${old.project}/token`, { label: old.label, scope });
  };
  let lists = 0;
  let isLost = false;
  connected.between.twist = async (asked, ask) => {
    if (asked.method === 'POST' && !isLost) {
      isLost = true;
      return undefined;
    }
    const said = await ask();
    if (asked.method !== 'GET' || !asked.path.endsWith('/token')) return said;
    lists += 1;
    return lists === 2 ? beforeCreate(said, made) : said;
  };
  const rotation = await connected.rotate(old);
  const theirs = [...connected.alive().keys()].filter((id) => !before.has(id));
  expect(theirs).toHaveLength(1);
  expect(rotation).toMatchObject({ state: 'needs-attention', decision: 'candidates' });
  expect(rotation.error?.message).toContain(theirs[0]);
  expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
}

test('what a teammate makes while a create waits for its turn is not deleted', async () => {
  const standing = fakeClock();
  let duringWait: (() => Promise<void>) | undefined;
  const clock: Clock = {
    now: standing.now,
    async sleep(durationMs, signal) {
      await standing.sleep(durationMs / 2, signal);
      if (durationMs > 8_000) await duringWait?.();
      await standing.sleep(durationMs / 2, signal);
    },
  };
  const wait = { 'x-ratelimit-limit-minute': '100', 'x-ratelimit-remaining-minute': '0', 'x-ratelimit-reset': '20' };
  await expectLeftAlone(clock, (said, made) => {
    duringWait = () => {
      duringWait = undefined;
      return made();
    };
    return { ...said, headers: { ...said.headers, ...wait } };
  });
});

test('nor what a teammate makes while the list before a create is on its way', async () => {
  const clock = fakeClock();
  await expectLeftAlone(clock, async (said, made) => {
    await clock.sleep(3_000);
    await made();
    await clock.sleep(5_000);
    return said;
  });
});
