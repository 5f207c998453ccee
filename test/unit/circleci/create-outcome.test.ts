import { describe, expect, test } from 'vitest';
import { createOutcome } from '../../../main/circleci/create-outcome.ts';
import type { Act } from '../../../main/circleci/failures.ts';
import type { HttpAnswer, HttpFailure } from '../../../main/circleci/http.ts';
import { personalValue } from '../../support/circleci-client.ts';

const act: Act = {
  doing: 'create the token',
  method: 'POST',
  host: { origin: 'https://circleci.com' },
  path: '/api/v1/user/token',
};
const answer = (status: number, body: unknown): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const reasons: readonly HttpFailure['reason'][] = ['lost', 'timeout', 'too-large', 'stopped'];

describe('what came of a create', () => {
  test.each([[200], [201], [202]])('%i with a value is a token', (status) => {
    const created = createOutcome(answer(status, { label: 'x', token: personalValue }), act, 'personal');
    expect(created).toMatchObject({ outcome: 'created', token: { label: 'x', tail: personalValue.slice(-4) } });
  });

  test.each([
    ['no value', { id: 'a', label: 'x', token: null }],
    ['a masked value', { id: 'a', label: 'x', token: '****4567' }],
    ['broken JSON', '{"id":"a","token":"'],
    ['nothing', ''],
    ['a page', '<html></html>'],
    ['a list', []],
  ])('success with %s is unclear: there may be a token', (_what, body) => {
    expect(createOutcome(answer(200, body), act, 'personal')).toMatchObject({ outcome: 'unclear' });
  });

  test.each([[408], [425], [499], [500], [502], [503], [504]])('%i is unclear', (status) => {
    expect(createOutcome(answer(status, {}), act, 'project')).toMatchObject({ outcome: 'unclear' });
  });

  test.each([[302], [400], [401], [403], [404], [405], [409], [410], [422], [429], [501]])(
    '%i is a definite no',
    (status) => {
      expect(createOutcome(answer(status, {}), act, 'project')).toMatchObject({ outcome: 'refused' });
    },
  );

  test.each(reasons)('%s after it was sent is unclear, before it is a failure', (reason) => {
    expect(createOutcome({ kind: 'failure', reason, sent: true, cause: undefined }, act, 'project')).toMatchObject({
      outcome: 'unclear',
    });
    expect(() => createOutcome({ kind: 'failure', reason, sent: false, cause: undefined }, act, 'project')).toThrow(
      /No token was created/,
    );
  });
});
