import { describe, expect, test } from 'vitest';
import {
  bothWordsPlace,
  newWordsPlace,
  niceSpan,
  oldWordsPlace,
  overlapOf,
  spanLabel,
  stepDurationMs,
} from '../../../../renderer/screens/rotation/timeline.ts';
import type { Rotation, Step } from '../../../../shared/contract/rotation.ts';
import { someMorning } from '../../../support/fake-clock.ts';

const at = (seconds: number) => new Date(someMorning + seconds * 1_000).toISOString();

function rotation(steps: Step[], parts: Partial<Rotation> = {}): Rotation {
  return {
    id: 'b'.repeat(32),
    token: 'c'.repeat(32),
    mode: 'overlap',
    retire: 'taken',
    guided: false,
    state: 'running',
    steps,
    startedAt: at(0),
    ...parts,
  };
}

const finished = rotation(
  [
    { name: 'plan', state: 'done', at: at(1) },
    { name: 'create', state: 'done', at: at(3) },
    { name: 'prove-new', state: 'done', at: at(4) },
    { name: 'deliver', state: 'skipped', at: at(4) },
    { name: 'retire-old', state: 'done', at: at(30) },
    { name: 'prove-old-gone', state: 'done', at: at(33) },
  ],
  { state: 'done', finishedAt: at(33) },
);

describe('the picture of an overlap', () => {
  test('both answer from the birth of the new one to the end of the old one', () => {
    const { newFromMs, oldToMs, bothMs, nowMs } = overlapOf(finished, someMorning + 99_000);
    expect({ newFromMs, oldToMs, bothMs, nowMs }).toEqual({
      newFromMs: 3_000,
      oldToMs: 30_000,
      bothMs: 27_000,
      nowMs: undefined,
    });
  });

  test('while it waits, both go on answering until now', () => {
    const waiting = rotation([
      { name: 'create', state: 'done', at: at(3) },
      { name: 'retire-old', state: 'waiting', at: at(5) },
    ]);
    expect(overlapOf(waiting, someMorning + 63_000)).toMatchObject({
      oldToMs: undefined,
      bothMs: 60_000,
      nowMs: 63_000,
    });
  });

  test('now is never before what has happened, however late the page looks at its clock', () => {
    const steps: Step[] = [
      { name: 'plan', state: 'done', at: at(2) },
      { name: 'create', state: 'waiting', at: at(3) },
    ];
    expect(overlapOf(rotation(steps), someMorning + 1_000).nowMs).toBe(3_000);
    expect(overlapOf(rotation(steps), someMorning + 4_000).nowMs).toBe(4_000);
  });

  test('before the new one exists nothing overlaps', () => {
    expect(
      overlapOf(rotation([{ name: 'create', state: 'running', at: at(1) }]), someMorning + 2_000).bothMs,
    ).toBeUndefined();
  });

  test('the ruler is longer than what it measures, at every scale', () => {
    for (const ms of [1, 200, 5_000, 61_000, 7_200_000, 90_000_000, 9_000_000_000])
      expect(niceSpan(ms)).toBeGreaterThanOrEqual(ms);
    expect([0, 10_000, 60_000].map((ms) => spanLabel(ms, 60_000))).toEqual(['0', '0:10', '1:00']);
    expect(spanLabel(100, 600)).toBe('0.1 s');
    expect(spanLabel(5_400_000, 10_800_000)).toBe('1 h 30 m');
  });
});

test('a step took from the end of the one before it to its own', () => {
  const [plan, create, , , retire] = finished.steps;
  expect([plan, create, retire].map((step) => step && stepDurationMs(finished, step, 0))).toEqual([
    1_000, 2_000, 26_000,
  ]);
});

test('a step that was done again after a wait has no duration, and the next one began with its end', () => {
  const again = rotation([
    { name: 'create', state: 'done', at: at(2) },
    { name: 'prove-new', state: 'done', at: at(90) },
    { name: 'deliver', state: 'done', at: at(4) },
    { name: 'retire-old', state: 'done', at: at(91) },
  ]);
  expect(again.steps.map((step) => stepDurationMs(again, step, someMorning))).toEqual([2_000, undefined, 2_000, 1_000]);
});

test('a step that has not begun, or waits for a person, has no duration', () => {
  const waiting = rotation([
    { name: 'retire-old', state: 'waiting', at: at(5) },
    { name: 'prove-old-gone', state: 'pending' },
  ]);
  expect(waiting.steps.map((step) => stepDurationMs(waiting, step, someMorning))).toEqual([undefined, undefined]);
});

/** In a small window the words take some 32 per cent of the ruler. */
test('the words that both answer have room, and stand over no line', () => {
  for (let from = 0; from <= 100; from += 1) {
    for (let to = from; to <= 100; to += 1) {
      const { x, anchor, dx } = bothWordsPlace(from, to);
      const [left, right] = anchor === 'start' ? [x, x + 32] : [x - 32, x];
      const isOver = [from, to].some((line) => left < line && line < right);
      expect([left >= 0, right <= 100, isOver], `${from} to ${to}`).toEqual([true, true, false]);
      expect(Math.sign(dx)).toBe(anchor === 'start' ? 1 : -1);
    }
  }
});

test('the words of the old one stand behind its end where they have room, else before it', () => {
  expect(oldWordsPlace(70, false)).toEqual({ x: 70, dx: 8, anchor: 'start' });
  expect(oldWordsPlace(71, true)).toEqual({ x: 71, dx: -8, anchor: 'end' });
  expect(oldWordsPlace(100, false)).toEqual({ x: 100, dx: -8, anchor: 'end' });
  expect(oldWordsPlace(100, true), 'where nothing else stands').toEqual({ x: 100, dx: 0, anchor: 'end' });
});

describe('where the words of the new one stand', () => {
  test.each([
    ['at its birth, where it has lived long enough', 20, 60, 'start'],
    ['before it, where the line of now would run through them', 51, 59, 'end'],
    ['before it, where there is no room behind it', 68, 95, 'end'],
    ['at its birth, where there is no room before it either', 8, 15, 'start'],
  ])('%s', (_, from, to, anchor) => {
    expect(newWordsPlace(from, to)).toMatchObject({ x: from, anchor });
  });
});
