import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../../main/circleci/http.ts';
import { createPace } from '../../../main/circleci/pace.ts';
import { toldLimits } from '../../../main/circleci/rate-headers.ts';
import { spacingFor } from '../../../main/circleci/spacing.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';

const origin = 'https://circleci.example';

function answer(headers: HttpAnswer['headers'] = {}, status = 200): HttpAnswer {
  return { kind: 'answer', status, headers, body: new Uint8Array() };
}

describe('the limits that an answer names', () => {
  test.each<[string, HttpAnswer['headers'], object[]]>([
    ['none', {}, []],
    ['words and zero', { 'ratelimit-limit': 'many', 'x-ratelimit-limit-second': '0' }, []],
    [
      'the plain family, of an unknown window',
      { 'ratelimit-limit': '100', 'ratelimit-remaining': '7', 'ratelimit-reset': '30' },
      [{ limit: 100, left: 7, resetMs: 30_000 }],
    ],
    [
      'the plain family of a second',
      { 'ratelimit-limit': '20', 'ratelimit-remaining': '3', 'ratelimit-reset': '1' },
      [{ limit: 20, windowMs: 1_000, left: 3, resetMs: 1_000 }],
    ],
    [
      'the family of windows',
      {
        'x-ratelimit-limit-second': '51',
        'x-ratelimit-remaining-second': '50',
        'x-ratelimit-limit-minute': '600',
        'x-ratelimit-remaining-minute': '12',
        'x-ratelimit-reset': '40',
      },
      [
        { limit: 51, windowMs: 1_000, left: 50, resetMs: 1_000 },
        { limit: 600, windowMs: 60_000, left: 12, resetMs: 40_000 },
      ],
    ],
    [
      'the structured family',
      { 'ratelimit-policy': '"burst";q=5;w=1, "hour";q=100;w=3600', ratelimit: '"hour";r=50;t=30' },
      [
        { limit: 5, windowMs: 1_000 },
        { limit: 100, windowMs: 3_600_000, left: 50, resetMs: 30_000 },
      ],
    ],
  ])('%s', (_what, headers, limits) => {
    expect(toldLimits(answer(headers))).toEqual(limits);
  });
});

describe('the spacing', () => {
  test('fills a second evenly and leaves a twentieth free, whatever is left of it', () => {
    const { apartMs, restMs } = spacingFor([{ limit: 20, windowMs: 1_000, left: 0, resetMs: 1_000 }]);
    expect(apartMs).toBeCloseTo(1_000 / 19);
    expect(restMs).toBe(0);
  });

  test('of a longer window is none while more than half is left, then spreads what is left', () => {
    const minute = { limit: 100, windowMs: 60_000, resetMs: 19_000 };
    expect(spacingFor([{ ...minute, left: 50 }])).toEqual({ apartMs: 0, restMs: 0 });
    expect(spacingFor([{ ...minute, left: 20 }])).toEqual({ apartMs: 1_000, restMs: 0 });
    expect(spacingFor([{ ...minute, left: 0 }])).toEqual({ apartMs: 0, restMs: 19_000 });
  });

  test('is the slowest of all that were told', () => {
    const told = [
      { limit: 19, windowMs: 1_000 },
      { limit: 1_000, windowMs: 60_000, left: 2, resetMs: 38_000 },
    ];
    expect(spacingFor(told).apartMs).toBe(20_000);
  });
});

const patientPace = (clock: FakeClock) => createPace({ clock, patienceMs: 60_000, paused: () => {} });

/** Sends so many at once and says when each left, in milliseconds since the first. */
async function leave(clock: FakeClock, count: number, say: (number: number) => HttpAnswer): Promise<number[]> {
  const pace = patientPace(clock);
  const left: number[] = [];
  const sends = Array.from({ length: count }, () =>
    pace.inTurn(origin, undefined, async () => {
      left.push(clock.now());
      const said = say(left.length);
      if (said.status === 429) pace.pause(origin, 7_000);
      return said;
    }),
  );
  await Promise.all(sends);
  return left.map((at) => Math.round(at - (left[0] ?? 0)));
}

describe('the pace of a host', () => {
  test('the first answer is waited for, and then every window of a second stays within its limit', async () => {
    const left = await leave(fakeClock(), 60, () => answer({ 'x-ratelimit-limit-second': '20' }));
    for (const from of left)
      expect(left.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(20);
    expect(left.at(-1), 'and uses it').toBeLessThan(3_400);
  });

  test('whoever was late catches up, and never with more than the limit in any second', async () => {
    const clock = fakeClock();
    const pace = patientPace(clock);
    const left: number[] = [];
    const send = () =>
      pace.inTurn(origin, undefined, async () => {
        left.push(clock.now());
        return answer({ 'x-ratelimit-limit-second': '20' });
      });
    for (let sent = 0; sent < 100; sent += 1) {
      // Now and then everything stands still for a while.
      if (sent % 9 === 4) clock.advance(400);
      await send();
    }
    for (const from of left)
      expect(left.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(20);
    const tookMs = (left.at(-1) ?? 0) - (left[0] ?? 0);
    expect(tookMs, '11 stops of 400 ms are hardly felt').toBeLessThan(100 * 55 + 800);
  });

  test('where no limit is named nothing is held back', async () => {
    expect(await leave(fakeClock(), 5, () => answer())).toEqual([0, 0, 0, 0, 0]);
  });

  test('after a 429 nothing leaves before the pause is over, and then slower, though no limit is named', async () => {
    const left = await leave(fakeClock(), 4, (number) => answer({}, number === 1 ? 429 : 200));
    const [, ...later] = left;
    expect(later[0]).toBe(7_000);
    expect((later[1] ?? 0) - (later[0] ?? 0)).toBeGreaterThanOrEqual(100);
  });

  test('a limit that no answer has named for a minute is forgotten', async () => {
    const clock = fakeClock();
    const pace = patientPace(clock);
    const send = (headers: HttpAnswer['headers']) => pace.inTurn(origin, undefined, async () => answer(headers));
    await send({ 'x-ratelimit-limit-second': '1' });
    clock.advance(61_000);
    await send({});
    await send({});
    expect(clock.sleeps).toEqual([]);
  });

  test('hosts do not wait for each other', async () => {
    const clock = fakeClock();
    const pace = patientPace(clock);
    pace.pause(origin, 60_000);
    await pace.inTurn('https://other.example', undefined, async () => answer());
    expect(clock.sleeps).toEqual([]);
    expect(pace.pauses()).toEqual([{ origin, fromMs: clock.now(), untilMs: clock.now() + 60_000, isLong: false }]);
  });

  test('a limit that is used up for longer than anybody waits is told as a pause', async () => {
    const clock = fakeClock();
    const pace = patientPace(clock);
    const used = { 'x-ratelimit-limit-hour': '100', 'x-ratelimit-remaining-hour': '0', 'x-ratelimit-reset': '3000' };
    await pace.inTurn(origin, undefined, async () => answer(used));
    const untilMs = clock.now() + 3_000_000;
    expect(await pace.inTurn(origin, undefined, async () => answer())).toEqual({
      kind: 'rest',
      restMs: 3_000_000,
      untilMs,
    });
    expect(pace.pauses()).toEqual([{ origin, fromMs: clock.now(), untilMs, isLong: true }]);
    clock.advance(2_950_000);
    expect(await pace.inTurn(origin, undefined, async () => answer())).toMatchObject({ status: 200 });
    expect(clock.sleeps).toEqual([50_000]);
  });

  test('a clock that was set back makes nobody wait longer than the host asked for', async () => {
    const clock = fakeClock();
    const pace = patientPace(clock);
    const send = () => pace.inTurn(origin, undefined, async () => answer({ 'x-ratelimit-limit-second': '20' }));
    await send();
    await send();
    clock.advance(-3_600_000);
    await send();
    pace.pause(origin, 30_000);
    clock.advance(-3_600_000);
    expect(pace.pauses()).toEqual([expect.objectContaining({ untilMs: clock.now() + 30_000 })]);
    await send();
    expect(Math.max(...clock.sleeps)).toBe(30_000);
    expect(clock.sleeps.reduce((sum, sleep) => sum + sleep)).toBeLessThan(30_200);
  });

  test('what was waited out is over, also where the clock was set back while it lasted', async () => {
    const standing = fakeClock();
    const clock = {
      ...standing,
      sleep(durationMs: number) {
        standing.advance(-3_600_000);
        return standing.sleep(durationMs);
      },
    };
    const pace = patientPace(clock);
    pace.pause(origin, 30_000);
    await pace.inTurn(origin, undefined, async () => answer());
    await pace.inTurn(origin, undefined, async () => answer());
    expect(clock.sleeps).toEqual([30_000]);
  });

  test('whoever is told to stop leaves the queue, and the next one goes', async () => {
    const clock = fakeClock();
    const pace = patientPace(clock);
    const ended = new AbortController();
    ended.abort(new Error('enough'));
    const aborted = pace.inTurn(origin, ended.signal, async () => answer());
    const next = pace.inTurn(origin, undefined, async () => answer());
    await expect(aborted).rejects.toThrow('enough');
    expect(await next).toMatchObject({ status: 200 });
  });

  test('a pause is announced once, and a longer one again', () => {
    let announced = 0;
    const paused = () => {
      announced += 1;
    };
    const pace = createPace({ clock: fakeClock(), patienceMs: 60_000, paused });
    pace.pause(origin, 5_000);
    pace.pause(origin, 4_000);
    pace.pause(origin, 6_000);
    expect(announced).toBe(2);
  });
});
