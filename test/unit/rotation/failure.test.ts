import { describe, expect, test } from 'vitest';
import { AppError, type Effect } from '../../../main/app-error.ts';
import { noAnswer, refusal } from '../../../main/circleci/failures.ts';
import { failureOf } from '../../../main/rotation/failure.ts';
import { planRotation, withStep } from '../../../main/rotation/plan.ts';
import type { RotationRecord } from '../../../main/rotation/rotation-record.ts';
import { callerOf } from '../../support/circleci-client.ts';

/** What a failed act left as it was is carried by the error: how it says so is nobody's business but its own. */
const at = '2026-11-23T08:00:00.000Z';
const planned: RotationRecord = {
  ...planRotation(
    { id: 'a'.repeat(32), account: 'b'.repeat(32), kind: 'personal', label: 'ci', held: 'none' },
    { kind: 'personal' },
    { keep: false, mode: 'overlap', guided: false, retire: 'now' },
    at,
  ),
  id: 'c'.repeat(32),
};
const replacement = 'd'.repeat(32);
const retired = withStep({ ...planned, retiredAt: at }, { name: 'retire-old', state: 'done' });
const deletedFirst = withStep(retired, { name: 'prove-old-gone', state: 'done' });
const stands = { begun: planned, made: { ...planned, replacement }, gone: { ...deletedFirst, replacement } };
const attempt = { startedAt: at, keysBefore: [] };
const deletionLost: RotationRecord = { ...planned, replacement, deletionLost: true };

const said = (record: RotationRecord, effect?: Effect) =>
  failureOf(record, new AppError('network', 'CircleCI was away.', effect === undefined ? {} : { effect })).message;

describe('the message of a failed step', () => {
  test.each<[string, string]>([
    ['nothing is made yet', said(stands.begun, 'nothing-changed')],
    ['nothing is deleted', said(stands.begun, 'nothing-deleted')],
    ['not known what it left', said(stands.made)],
    ['a deletion was not done', said(stands.made, 'nothing-deleted')],
    ['the new one is made', said(stands.made, 'nothing-changed')],
    ['the old one is deleted', said(stands.gone, 'nothing-changed')],
    ['the old one is said to be deleted', said({ ...retired, replacement }, 'nothing-changed')],
    ['said to be deleted first', said(retired, 'nothing-changed')],
    ['deleted first', said(deletedFirst, 'nothing-changed')],
    ['an earlier deletion was lost', said(deletionLost, 'nothing-deleted')],
    ['an earlier deletion was lost, and a read failed', said(deletionLost, 'nothing-changed')],
    ['a create was lost', said({ ...planned, attempt }, 'nothing-changed')],
    ['deleted first, and a create was lost', said({ ...deletedFirst, attempt }, 'nothing-changed')],
  ])('where %s', (_where, message) => {
    expect(message).toMatchSnapshot();
  });

  test('of an account that is signed out, which may ask with the old token, does not say that this works', () => {
    const signedOut = new AppError('unauthorized', 'No.', { effect: 'nothing-changed' });
    expect(failureOf(stands.made, signedOut).message).toBe(
      'No. The old token was not touched; the new one is in the vault.',
    );
  });

  test('is not told from its words: whoever writes them anew changes nothing', () => {
    for (const words of ['Nothing was changed.', 'Nothing was deleted.']) {
      const error = new AppError('network', `It was away. ${words}`);
      for (const record of [stands.made, stands.gone, deletionLost]) {
        expect(failureOf(record, error).message).toBe(`It was away. ${words}`);
      }
    }
  });
});

describe('what CircleCI did not answer with a yes', () => {
  const host = { origin: 'https://circleci.com' };
  const act = (method: 'GET' | 'POST' | 'DELETE') => ({ ...callerOf(host), method, path: '/', doing: 'do it' });
  const answer = (status: number) => ({ kind: 'answer', status, body: new Uint8Array(), headers: {} }) as const;
  const lost = { kind: 'failure', reason: 'lost', sent: true, cause: undefined } as const;

  test.each([
    ['GET', 'nothing-changed', 'nothing-changed', 'nothing-changed'],
    ['POST', undefined, undefined, undefined],
    ['DELETE', 'nothing-deleted', undefined, undefined],
  ] as const)('%s leaves, refused: %s, broken: %s, lost: %s', (method, refused, broken, unanswered) => {
    expect(refusal(answer(403), act(method)).effect).toBe(refused);
    expect(refusal(answer(500), act(method)).effect).toBe(broken);
    expect(noAnswer(lost, act(method)).effect).toBe(unanswered);
  });
});
