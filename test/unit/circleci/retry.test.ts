import { describe, expect, test } from 'vitest';
import type { HttpAnswer, HttpFailure } from '../../../main/circleci/http.ts';
import { defaultLimits } from '../../../main/circleci/limits.ts';
import { pauseBefore, restAfter, retryAfterMs } from '../../../main/circleci/retry.ts';
import { someMorning } from '../../support/fake-clock.ts';

const answer = (status: number, headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  kind: 'answer',
  status,
  headers,
  body: new Uint8Array(),
});
const failure = (reason: HttpFailure['reason'], sent = true): HttpFailure => ({
  kind: 'failure',
  reason,
  sent,
  cause: undefined,
});
const dateAt = (fromNowMs: number) => new Date(someMorning + fromNowMs).toUTCString();
const world = { limits: defaultLimits, nowMs: someMorning };
const first = { attempts: 1, pausedMs: 0 };

describe('asking again', () => {
  test.each([[200], [204], [302], [400], [401], [403], [404], [405], [410], [501]])('%i is an answer', (status) => {
    expect(pauseBefore(answer(status), first, world)).toBeUndefined();
  });

  test.each([[500], [502], [503], [504], [599]])(
    '%i is asked again, with pauses that double, three times',
    (status) => {
      const pauses = [1, 2, 3, 4].map((attempts) => pauseBefore(answer(status), { attempts, pausedMs: 0 }, world));
      expect(pauses).toEqual([500, 1_000, 2_000, undefined]);
    },
  );

  test('a lost connection is asked again; one never made, a hang and a stop are not', () => {
    expect(pauseBefore(failure('lost'), first, world)).toBe(500);
    for (const reason of ['timeout', 'too-large', 'stopped'] as const) {
      expect(pauseBefore(failure(reason), first, world)).toBeUndefined();
    }
    expect(pauseBefore(failure('unreachable', false), first, world)).toBeUndefined();
  });

  test('a rate limit is waited out as long as patience lasts', () => {
    const limited = answer(429, { 'retry-after': '20' });
    expect(pauseBefore(limited, { attempts: 3, pausedMs: 40_000 }, world)).toBe(20_000);
    expect(pauseBefore(limited, { attempts: 4, pausedMs: 60_000 }, world)).toBeUndefined();
    expect(pauseBefore(answer(429, { 'retry-after': '3600' }), first, world)).toBeUndefined();
    expect(pauseBefore(answer(429, { 'retry-after': '0' }), { attempts: 20, pausedMs: 0 }, world)).toBeUndefined();
  });

  test('a host that asks for no time at all gets pauses that double all the same', () => {
    for (const headers of [{}, { 'retry-after': '0' }, { 'retry-after': dateAt(-9_000) }]) {
      const pauses = [1, 2, 3].map((attempts) => pauseBefore(answer(429, headers), { attempts, pausedMs: 0 }, world));
      expect(pauses).toEqual([500, 1_000, 2_000]);
    }
  });

  test('the host is left alone as long as it asks, also beyond patience, and a day at most', () => {
    expect(restAfter(answer(429, { 'retry-after': '600' }), 1, world)).toBe(600_000);
    expect(restAfter(answer(429, { 'retry-after': '99999999999999999' }), 1, world)).toBe(86_400_000);
    expect(restAfter(answer(429), 3, world)).toBe(2_000);
  });

  test.each([
    [429, { 'retry-after': '7' }, 7_000],
    [429, { 'retry-after': ' 7 ' }, 7_000],
    [429, { 'retry-after': new Date(someMorning + 9_000).toUTCString() }, 9_000],
    [429, { 'retry-after': new Date(someMorning - 9_000).toUTCString() }, 0],
    [429, { 'retry-after': 'soon' }, undefined],
    // Our clock is five minutes ahead, then five behind: the host's own tells.
    [429, { 'retry-after': dateAt(-270_000), date: dateAt(-300_000) }, 30_000],
    [429, { 'retry-after': dateAt(330_000), date: dateAt(300_000) }, 30_000],
    [429, { 'retry-after': dateAt(9_000), date: 'today' }, 9_000],
    [429, { 'ratelimit-reset': '5' }, 5_000],
    [429, { 'x-ratelimit-reset': '6' }, 6_000],
    [429, { 'retry-after': '7', 'ratelimit-reset': '5' }, 7_000],
    [429, {}, undefined],
    [503, { 'retry-after': '2' }, 2_000],
    [503, { 'ratelimit-reset': '5' }, undefined],
  ])('%i with %j asks for %j ms', (status, headers, expected) => {
    expect(retryAfterMs(answer(status, headers), someMorning)).toBe(expected);
  });
});
