import { describe, expect, test } from 'vitest';
import { isCertainlyOurs } from '../../../main/tokens/certainly-ours.ts';

const startedAt = '2026-11-23T08:00:00.000Z';
const startedMs = Date.parse(startedAt);
const at = (offsetMs: number) => new Date(startedMs + offsetMs).toISOString();
const request = { label: 'deploy-bot', wireScope: 'all' };
const attempt = { startedAt, keysBefore: [] };
const ours = { remoteId: 'r', label: 'deploy-bot', wireScope: 'all', createdAt: at(1_000) };
const daysLaterMs = startedMs + 3 * 86_400_000;

describe('a new row after a lost answer', () => {
  test('is ours when label, scope and time fit, even days later', () => {
    expect(isCertainlyOurs(ours, request, attempt, daysLaterMs)).toBe(true);
  });

  test.each([
    ['another label', { label: 'deploy' }],
    ['another scope', { wireScope: 'status' }],
    ['made before the request', { createdAt: at(-11_000) }],
    ['made after the request had ended for certain', { createdAt: at(41_000) }],
  ])('is not certainly ours with %s', (_what, difference) => {
    expect(isCertainlyOurs({ ...ours, ...difference }, request, attempt, daysLaterMs)).toBe(false);
  });

  test('is not ours when it was made after the answer was lost', () => {
    const lost = { ...attempt, endedAt: at(2_000) };
    expect(isCertainlyOurs(ours, request, lost, daysLaterMs)).toBe(true);
    expect(isCertainlyOurs({ ...ours, createdAt: at(12_000) }, request, lost, daysLaterMs)).toBe(true);
    expect(isCertainlyOurs({ ...ours, createdAt: at(12_001) }, request, lost, daysLaterMs)).toBe(false);
  });

  test.each([
    ['slept', 8 * 3_600_000],
    ['took longer than a request can', 35_001],
    ['set its clock back', -1],
  ])('is not certain where the machine %s until the answer was lost', (_what, offsetMs) => {
    const { createdAt: _none, ...timeless } = ours;
    const lost = { ...attempt, endedAt: at(offsetMs) };
    expect(isCertainlyOurs(ours, request, lost, startedMs + 9 * 3_600_000)).toBe(false);
    expect(isCertainlyOurs(timeless, request, lost, startedMs + 1_000)).toBe(false);
  });

  test('is not ours when it was made after the longest request', () => {
    const lost = { ...attempt, endedAt: at(34_000) };
    expect(isCertainlyOurs({ ...ours, createdAt: at(40_000) }, request, lost, daysLaterMs)).toBe(true);
    expect(isCertainlyOurs({ ...ours, createdAt: at(40_001) }, request, lost, daysLaterMs)).toBe(false);
  });

  test('without a time counts only within ten minutes', () => {
    const { createdAt: _none, ...timeless } = ours;
    expect(isCertainlyOurs(timeless, request, attempt, startedMs + 600_000)).toBe(true);
    expect(isCertainlyOurs(timeless, request, attempt, startedMs + 600_001)).toBe(false);
  });

  test.each([-1, -7 * 86_400_000])('without a time is not certain where the clock was set back (%d ms)', (backMs) => {
    const { createdAt: _none, ...timeless } = ours;
    expect(isCertainlyOurs(timeless, request, attempt, startedMs + backMs)).toBe(false);
  });

  test('is not certain where the request had left long after the list was read, or before', () => {
    const listed = (offsetMs: number) => ({ ...attempt, listedAt: at(offsetMs) });
    expect(isCertainlyOurs(ours, request, listed(-5_000), daysLaterMs)).toBe(true);
    expect(isCertainlyOurs(ours, request, listed(-5_001), daysLaterMs)).toBe(false);
    expect(isCertainlyOurs(ours, request, listed(1), daysLaterMs)).toBe(false);
  });
});
