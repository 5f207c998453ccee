import { describe, expect, test } from 'vitest';
import { isCertainlyOurs } from '../../../main/tokens/creation.ts';

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
    ['made long before the request', { createdAt: at(-61_000) }],
    ['made after the request had ended', { createdAt: at(91_000) }],
  ])('is not certainly ours with %s', (_what, difference) => {
    expect(isCertainlyOurs({ ...ours, ...difference }, request, attempt, daysLaterMs)).toBe(false);
  });

  test('without a time counts only within ten minutes', () => {
    const { createdAt: _none, ...timeless } = ours;
    expect(isCertainlyOurs(timeless, request, attempt, startedMs + 600_000)).toBe(true);
    expect(isCertainlyOurs(timeless, request, attempt, startedMs + 600_001)).toBe(false);
  });
});
