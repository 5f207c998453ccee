import { describe, expect, test } from 'vitest';
import { byUrgency, filters, fits, msToGo, type NumberedItem } from '../../../../renderer/screens/job/item-look.ts';
import { type JobItemState, jobItemState } from '../../../../shared/contract/job.ts';
import { sampleJob, tokenId } from '../../../support/contract-samples.ts';

const item = (number: number, state: JobItemState): NumberedItem => ({
  number,
  state,
  token: tokenId,
  mode: 'overlap',
  dangers: ['read'],
});

describe('the rows of a job', () => {
  test('what needs somebody comes first, then what is under way, what comes next, and what is done, newest first', () => {
    const states = [
      item(1, 'done'),
      item(2, 'done'),
      item(3, 'pending'),
      item(4, 'pending'),
      item(5, 'running'),
      item(6, 'needs-attention'),
      item(7, 'waiting'),
    ];
    expect(states.toSorted(byUrgency).map(({ number }) => number)).toEqual([6, 7, 5, 3, 4, 2, 1]);
  });

  test('every state is found by exactly one filter besides all', () => {
    for (const state of jobItemState.options) {
      expect(filters.filter((filter) => fits(filter, { state })).length, state).toBe(2);
    }
  });
});

describe('the time to go', () => {
  const running = (done: number, pending: number) =>
    sampleJob({ state: 'running', counts: { ...sampleJob().counts, done, pending } });

  test('is the pace so far times what is left', () => {
    const nowMs = Date.parse('2026-11-23T10:01:00.000Z');
    expect(msToGo(running(4, 8), nowMs)).toBe(120_000);
  });

  test('is not told before three are done, nor when nothing is left', () => {
    expect(msToGo(running(2, 8), Date.now())).toBeUndefined();
    expect(msToGo(running(9, 0), Date.now())).toBeUndefined();
  });
});
