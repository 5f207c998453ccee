import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../../main/circleci/http.ts';
import { createPace } from '../../../main/circleci/pace.ts';
import { unknownLimit, withAnswer, withRefusal } from '../../../main/circleci/silent-limit.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const origin = 'https://circleci.example';

/** A host with a limit that it does not name, asked by six at once until so many were answered. */
async function asked({ perSecond, answerMs, answers }: { perSecond: number; answerMs: number; answers: number }) {
  const clock = virtualClock();
  const pace = createPace({ clock, patienceMs: 60_000, paused: () => {} });
  const seen = { requests: 0, limited: 0, answered: 0 };
  let window = { fromMs: 0, count: 0 };
  const send = async (): Promise<HttpAnswer> => {
    await clock.sleep(answerMs / 2);
    if (clock.now() - window.fromMs >= 1_000) window = { fromMs: clock.now(), count: 0 };
    window.count += 1;
    seen.requests += 1;
    const isLimited = window.count > perSecond;
    if (isLimited) seen.limited += 1;
    await clock.sleep(answerMs / 2);
    return { kind: 'answer', status: isLimited ? 429 : 200, headers: {}, body: new Uint8Array() };
  };
  const work = async () => {
    while (seen.answered < answers) {
      const outcome = await pace.inTurn(origin, undefined, send);
      if (outcome.kind !== 'answer') throw new Error('the host was not asked');
      if (outcome.status === 429) pace.pause(origin, 1_000);
      else seen.answered += 1;
    }
  };
  const beganMs = clock.now();
  await clock.run(Promise.all(Array.from({ length: 6 }, work)));
  return { ...seen, tookMs: clock.now() - beganMs };
}

describe('a limit that no answer names', () => {
  const limits = [20, 51, 100].flatMap((perSecond) =>
    [20, 50, 200, 500].flatMap((answerMs) => [300, 1_000].map((answers) => ({ perSecond, answerMs, answers }))),
  );
  test.each(limits)(
    'of $perSecond a second, answers after $answerMs ms, refuses a hundredth of $answers at most',
    async (one) => {
      const { requests, limited } = await asked(one);
      expect(limited / requests).toBeLessThanOrEqual(0.01);
    },
  );

  test('is used for a good part', async () => {
    const { tookMs, answered } = await asked({ perSecond: 20, answerMs: 50, answers: 1_000 });
    expect(tookMs).toBeLessThan((2 * 1_000 * answered) / 20);
  });

  test('that is not there hardly slows down who asks over a slow line', async () => {
    const { tookMs } = await asked({ perSecond: 1_000, answerMs: 2_000, answers: 60 });
    expect(tookMs, 'ten rounds of six, and the first alone').toBeLessThanOrEqual(2_000 * 11 * 1.3);
  });
});

describe('what a host that names no limit is trusted with', () => {
  test('is two at once, and one more for every two hundred answers, as many as there are connections', () => {
    let limit = unknownLimit;
    const most: number[] = [];
    for (let answers = 1; answers <= 1_200; answers += 1) {
      limit = withAnswer(limit);
      if (answers % 200 === 1) most.push(limit.atOnce);
    }
    expect(most).toEqual([2, 3, 4, 5, 6, 6]);
    expect(withRefusal(limit, 40).atOnce).toBe(2);
  });

  test('is half the pace after a 429, half of that after another, and slowly more again', () => {
    const met = withRefusal(unknownLimit, 40);
    expect(met.apartMs).toBe(50);
    expect(withRefusal(met, 20).apartMs).toBe(100);
    let limit = met;
    for (let answers = 0; answers < 350; answers += 1) limit = withAnswer(limit);
    expect(limit.apartMs).toBeGreaterThan(24);
    expect(limit.apartMs).toBeLessThan(26);
  });
});
