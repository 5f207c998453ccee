import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchForLocking } from '../../../main/electron/lock-watch.ts';
import { someMorning } from '../../support/fake-clock.ts';

const lookEveryMs = 5_000;
const minute = 60_000;

/** The machine as the watch sees it; its clock moves only when a test moves it. */
function machine() {
  let nowMs = someMorning;
  let wake = () => {};
  const power = Object.assign(new EventEmitter(), {
    idleSeconds: 0,
    state: 'active' as 'active' | 'locked',
    isBroken: false,
    thresholds: [] as number[],
    getSystemIdleTime() {
      if (power.isBroken) throw new Error('no session bus');
      return power.idleSeconds;
    },
    getSystemIdleState(threshold: number) {
      power.thresholds.push(threshold);
      return power.state;
    },
  });
  const locked: string[] = [];
  const self = {
    power,
    locked,
    isUnlocked: true,
    looks: 0,
    /** One wait of the watch, in which the clock moves by `ms`. */
    async pass(ms = lookEveryMs) {
      nowMs += ms;
      wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  const watch = watchForLocking({
    power,
    clock: {
      now: () => nowMs,
      sleep: (durationMs, signal) => {
        expect(durationMs).toBe(lookEveryMs);
        self.looks += 1;
        return new Promise((resolve, reject) => {
          wake = resolve;
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      },
    },
    idleMs: () => 10 * minute,
    unlocked: () => self.isUnlocked,
    lock(reason) {
      locked.push(reason);
      self.isUnlocked = false;
    },
  });
  return Object.assign(self, watch);
}

let world: ReturnType<typeof machine>;
beforeEach(() => {
  world = machine();
});
afterEach(() => world.end());

test('whoever is there is left alone; whoever was away for the idle time is locked out', async () => {
  world.power.idleSeconds = 599;
  await world.pass();
  expect(world.locked).toEqual([]);
  world.power.idleSeconds = 600;
  await world.pass();
  expect(world.locked).toEqual(['idle']);
});

test('what the system announces locks at once', () => {
  world.power.emit('lock-screen');
  world.power.emit('suspend');
  expect(world.locked).toEqual(['screen-lock', 'suspend']);
});

test('a locked screen that no event told of is seen at the next look', async () => {
  world.power.state = 'locked';
  expect(world.locked).toEqual([]);
  await world.pass();
  expect(world.locked).toEqual(['screen-lock']);
  expect(world.power.thresholds, 'Electron takes whole seconds above none').toEqual([1]);
});

test.each([
  ['on by a minute and more', lookEveryMs + minute + 1, ['clock-jump']],
  ['on by a minute', lookEveryMs + minute, []],
  ['back by a minute and more', lookEveryMs - minute - 1, ['clock-jump']],
  ['back by a minute', lookEveryMs - minute, []],
])('a clock that was set %s', async (_how, ms, locked) => {
  await world.pass(ms);
  expect(world.locked).toEqual(locked);
});

test('a look that fails ends nothing: the next one sees who is away', async () => {
  world.power.isBroken = true;
  await world.pass();
  world.power.isBroken = false;
  world.power.idleSeconds = 600;
  await world.pass();
  expect(world.locked).toEqual(['idle']);
});

test('whom nobody can look for is away since they were seen last', async () => {
  world.power.idleSeconds = 590;
  await world.pass();
  world.power.isBroken = true;
  await world.pass();
  expect(world.locked).toEqual([]);
  await world.pass();
  expect(world.locked).toEqual(['idle']);
});

test('looks that always fail lock after the idle time, again and again, counted from each unlocking', async () => {
  world.power.isBroken = true;
  const looksToLock = (10 * minute) / lookEveryMs;
  for (const times of [1, 2]) {
    for (let looks = 1; looks < looksToLock; looks += 1) await world.pass();
    expect(world.locked).toHaveLength(times - 1);
    await world.pass();
    expect(world.locked).toHaveLength(times);
    for (let looks = 0; looks < 3; looks += 1) await world.pass();
    world.isUnlocked = true;
  }
});

test('a desktop that always says none does not tell: it locks after the idle time, unless our own window is used', async () => {
  const looksToLock = (10 * minute) / lookEveryMs;
  for (let looks = 1; looks < looksToLock; looks += 1) await world.pass();
  world.seen();
  for (let looks = 1; looks < looksToLock; looks += 1) await world.pass();
  expect(world.locked).toEqual([]);
  await world.pass();
  expect(world.locked).toEqual(['idle']);
});

test('a desktop that has told once is believed, also when it says none', async () => {
  world.power.idleSeconds = 1;
  await world.pass();
  world.power.idleSeconds = 0;
  for (let looks = 0; looks < (20 * minute) / lookEveryMs; looks += 1) await world.pass();
  expect(world.locked).toEqual([]);
});

test('what is locked is not locked again, however long it lies', async () => {
  world.isUnlocked = false;
  world.power.idleSeconds = 6_000;
  world.power.state = 'locked';
  await world.pass(minute * 60);
  await world.pass();
  expect(world.locked).toEqual([]);
});

test('when it has ended it looks no more and hears nothing', async () => {
  world.end();
  const { looks } = world;
  world.power.idleSeconds = 6_000;
  world.power.emit('lock-screen');
  world.power.emit('suspend');
  await world.pass();
  expect(world.locked).toEqual([]);
  expect(world.looks).toBe(looks);
  expect(world.power.eventNames().flatMap((name) => world.power.listeners(name))).toEqual([]);
});
