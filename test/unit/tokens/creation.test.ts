import { describe, expect, test } from 'vitest';
import { isCertainlyOurs } from '../../../main/tokens/certainly-ours.ts';

const startedAt = '2026-11-23T08:00:00.000Z';
const startedMs = Date.parse(startedAt);
const at = (offsetMs: number) => new Date(startedMs + offsetMs).toISOString();
const request = { label: 'deploy-bot', wireScope: 'all' };
const attempt = { startedAt, keysBefore: [] };
const ours = { remoteId: 'r', label: 'deploy-bot', wireScope: 'all', createdAt: at(1_000) };
const daysLater = { nowMs: startedMs + 3 * 86_400_000, isAtOnce: false };
const later = (offsetMs: number) => ({ nowMs: startedMs + offsetMs, isAtOnce: false });

describe('a new row after a lost answer', () => {
  test('is ours when label, scope and time fit, even days later', () => {
    expect(isCertainlyOurs(ours, request, attempt, daysLater)).toBe(true);
  });

  test.each([
    ['another label', { label: 'deploy' }],
    ['another scope', { wireScope: 'status' }],
    ['made before the request, by more than clocks differ', { createdAt: at(-10_001) }],
    ['made after the request had ended for certain', { createdAt: at(30_001) }],
  ])('is not certainly ours with %s', (_what, difference) => {
    expect(isCertainlyOurs({ ...ours, ...difference }, request, attempt, daysLater)).toBe(false);
  });

  test('is ours when it was made before the request by no more than clocks differ', () => {
    expect(isCertainlyOurs({ ...ours, createdAt: at(-10_000) }, request, attempt, daysLater)).toBe(true);
  });

  test('is not ours when it was made after the answer was lost', () => {
    const lost = { ...attempt, endedAt: at(2_000) };
    expect(isCertainlyOurs(ours, request, lost, daysLater)).toBe(true);
    expect(isCertainlyOurs({ ...ours, createdAt: at(2_000) }, request, lost, daysLater)).toBe(true);
    expect(isCertainlyOurs({ ...ours, createdAt: at(2_001) }, request, lost, daysLater)).toBe(false);
  });

  test('may be as much younger as clocks differ only where the list was read at once', () => {
    const lost = { ...attempt, endedAt: at(2_000) };
    const made = (offsetMs: number) => ({ ...ours, createdAt: at(offsetMs) });
    const read = (offsetMs: number) => ({ nowMs: startedMs + offsetMs, isAtOnce: true });
    expect(isCertainlyOurs(made(12_000), request, lost, read(7_000))).toBe(true);
    expect(isCertainlyOurs(made(12_001), request, lost, read(7_000))).toBe(false);
    expect(isCertainlyOurs(made(2_001), request, lost, read(7_001))).toBe(false);
    expect(isCertainlyOurs(made(2_001), request, lost, later(2_000))).toBe(false);
  });

  test.each([
    ['slept', 8 * 3_600_000],
    ['took longer than a request can', 35_001],
    ['set its clock back', -1],
  ])('is not certain where the machine %s until the answer was lost', (_what, offsetMs) => {
    const { createdAt: _none, ...timeless } = ours;
    const lost = { ...attempt, endedAt: at(offsetMs) };
    expect(isCertainlyOurs(ours, request, lost, later(9 * 3_600_000))).toBe(false);
    expect(isCertainlyOurs(timeless, request, lost, later(1_000))).toBe(false);
  });

  test('is not ours when it was made after the longest request', () => {
    const lost = { ...attempt, endedAt: at(34_000) };
    expect(isCertainlyOurs({ ...ours, createdAt: at(30_000) }, request, lost, daysLater)).toBe(true);
    expect(isCertainlyOurs({ ...ours, createdAt: at(30_001) }, request, lost, daysLater)).toBe(false);
  });

  test('without a time counts only within ten minutes', () => {
    const { createdAt: _none, ...timeless } = ours;
    expect(isCertainlyOurs(timeless, request, attempt, later(600_000))).toBe(true);
    expect(isCertainlyOurs(timeless, request, attempt, later(600_001))).toBe(false);
  });

  test.each([-1, -7 * 86_400_000])('without a time is not certain where the clock was set back (%d ms)', (backMs) => {
    const { createdAt: _none, ...timeless } = ours;
    expect(isCertainlyOurs(timeless, request, attempt, later(backMs))).toBe(false);
  });

  test('is not certain where the request had left long after the list was read, or before', () => {
    const listed = (offsetMs: number) => ({ ...attempt, listedAt: at(offsetMs) });
    expect(isCertainlyOurs(ours, request, listed(-5_000), daysLater)).toBe(true);
    expect(isCertainlyOurs(ours, request, listed(-5_001), daysLater)).toBe(false);
    expect(isCertainlyOurs(ours, request, listed(1), daysLater)).toBe(false);
  });
});
