import { describe, expect, test } from 'vitest';
import type { JobRecord } from '../../../../main/rotation/jobs/job-record.ts';
import { type Ground, mayRunBeside, workOf } from '../../../../main/rotation/jobs/work-list.ts';
import type { RotationRecord } from '../../../../main/rotation/rotation-record.ts';

const ground = (change: Partial<Ground>): Ground => ({
  origin: 'https://circleci.com',
  creates: 'https://circleci.com project',
  account: 'a',
  place: 'project web',
  alone: false,
  ...change,
});

describe('what may run at once', () => {
  test.each<[string, Partial<Ground>, Partial<Ground>, boolean]>([
    ['two places', {}, { place: 'project api' }, true],
    ['one place twice: each would see what the other has just made', {}, {}, false],
    ['one place through two accounts', {}, { account: 'b' }, false],
    ['the sign-in token beside anything of its account', { alone: true }, { place: 'project api' }, false],
    ['the sign-in token beside another account', { alone: true }, { account: 'b', place: 'project api' }, true],
  ])('%s', (_what, one, other, may) => {
    expect(mayRunBeside(ground(one), [ground(other)])).toBe(may);
    expect(mayRunBeside(ground(other), [ground(one)])).toBe(may);
  });
});

describe('what there is to do', () => {
  const token = 'b'.repeat(32);
  const job: JobRecord = {
    id: 'e'.repeat(32),
    title: 'many',
    mode: 'overlap',
    retire: 'now',
    keep: false,
    state: 'running',
    startedAt: '2026-11-23T08:00:00.000Z',
    items: [{ token, mode: 'overlap', dangers: ['read'] }],
    refused: [],
  };
  const rotation = (change: Partial<RotationRecord>): RotationRecord => ({
    id: 'd'.repeat(32),
    token,
    account: 'a'.repeat(32),
    place: { kind: 'project', slug: 'gh/acme/web' },
    oldRemoteId: 'r1',
    request: { label: 'deploy' },
    keep: false,
    mode: 'overlap',
    retire: 'now',
    guided: false,
    state: 'running',
    steps: [],
    startedAt: '2026-11-23T08:00:00.000Z',
    proofs: [],
    ...change,
  });
  const restoredAt = '2026-11-23T09:00:00.000Z';

  test.each<[string, Partial<RotationRecord>, string, string]>([
    ['half done', { state: 'running' }, 'goes on', 'goes on'],
    ['waiting', { state: 'waiting' }, 'goes on', 'goes on'],
    ['needs attention', { state: 'needs-attention' }, 'left', 'goes on'],
    ['failed before anything', { state: 'failed' }, 'left', 'begun again'],
    ['done', { state: 'done' }, 'left', 'left'],
    ['given up', { state: 'abandoned' }, 'left', 'left'],
    ['open while the vault was restored', { state: 'needs-attention', restoredAt }, 'left', 'left'],
  ])('a rotation that is %s', (_what, change, resumed, retried) => {
    const rotations = new Map([[token, rotation(change)]]);
    const fate = (again: boolean) => {
      const [work] = workOf(job, rotations, again);
      if (work === undefined) return 'left';
      return work.open === undefined ? 'begun again' : 'goes on';
    };
    expect([fate(false), fate(true)]).toEqual([resumed, retried]);
  });

  test('a token that could not be planned is tried again only when that is asked for', () => {
    const error = { code: 'rotation-open' as const, message: 'open' };
    const refused = { ...job, refused: [{ token, at: restoredAt, error }] };
    expect(workOf(job, undefined, false)).toEqual([{ token, mode: 'overlap' }]);
    expect(workOf(refused, undefined, false)).toEqual([]);
    expect(workOf(refused, undefined, true)).toEqual([{ token, mode: 'overlap' }]);
  });
});
