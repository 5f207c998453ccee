import { expect, test } from 'vitest';
import { createUnlockPause, pauseAfterMs } from '../../../main/electron/unlock-pause.ts';
import { failure, success } from '../../../shared/contract/result.ts';

const wrong = failure({ code: 'wrong-password', message: 'no' });
const right = success({});

function world() {
  const clock = { now: 1_000_000, tried: 0 };
  const told: unknown[] = [];
  const pause = createUnlockPause({ now: () => clock.now, sleep: async () => {} }, (tries) => told.push(tries));
  const tryWith = (answer: typeof wrong | typeof right) =>
    pause.tried(async () => {
      clock.tried += 1;
      return answer;
    });
  return { clock, told, tryWith };
}

test('wrong passwords cost nothing three times short of one, then ever more, and never over half a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 50].map(pauseAfterMs)).toEqual([
    0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
});

test('during the pause nothing is tried; after it the next one is', async () => {
  const { clock, told, tryWith } = world();
  for (let tries = 0; tries < 3; tries += 1) expect(await tryWith(wrong)).toBe(wrong);
  expect(told.at(-1)).toEqual({ wrongTries: 3, retryAt: new Date(clock.now + 1_000).toISOString() });
  expect(await tryWith(right)).toMatchObject({ error: { code: 'refused', message: /Nothing was tried/ } });
  expect(clock.tried).toBe(3);
  clock.now += 999;
  expect(await tryWith(right)).toMatchObject({ ok: false });
  clock.now += 1;
  expect(await tryWith(wrong)).toBe(wrong);
  expect(told.at(-1)).toEqual({ wrongTries: 4, retryAt: new Date(clock.now + 2_000).toISOString() });
});

test('whoever is refused is told how long the wait still is', async () => {
  const { clock, tryWith } = world();
  for (let tries = 0; tries < 4; tries += 1) {
    await tryWith(wrong);
    if (tries === 2) clock.now += 1_000;
  }
  expect(await tryWith(right)).toMatchObject({ error: { hint: 'Wait 2 seconds, then try again.' } });
  clock.now += 999;
  expect(await tryWith(right)).toMatchObject({ error: { hint: 'Wait 2 seconds, then try again.' } });
  clock.now += 1;
  expect(await tryWith(right)).toMatchObject({ error: { hint: 'Wait 1 second, then try again.' } });
});

test('tries that come at once are tried one after the other, with their pauses', async () => {
  const { clock, tryWith } = world();
  const answers = await Promise.all(Array.from({ length: 8 }, () => tryWith(wrong)));
  expect(answers.filter((answer) => answer === wrong)).toHaveLength(3);
  expect(clock.tried).toBe(3);
});

test('a right password forgets the wrong ones; a failure that says nothing of the password counts for nothing', async () => {
  const { clock, told, tryWith } = world();
  for (let tries = 0; tries < 3; tries += 1) await tryWith(wrong);
  clock.now += 1_000;
  const busy = failure({ code: 'vault-busy', message: 'not now' });
  expect(await tryWith(busy)).toBe(busy);
  expect(told).toHaveLength(3);
  expect(await tryWith(right)).toBe(right);
  expect(told.at(-1)).toMatchObject({ wrongTries: 0 });
  expect(await tryWith(wrong)).toBe(wrong);
  expect(told.at(-1)).toMatchObject({ wrongTries: 1 });
});

test('a clock that was turned back keeps nobody waiting', async () => {
  const { clock, tryWith } = world();
  for (let tries = 0; tries < 3; tries += 1) await tryWith(wrong);
  clock.now -= 3_600_000;
  expect(await tryWith(right)).toBe(right);
});
