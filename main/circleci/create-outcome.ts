import type { CreateOutcome, Place } from './circleci.ts';
import { type Act, isServerError, isSuccess, noAnswer } from './failures.ts';
import type { HttpAnswer, HttpFailure } from './http.ts';
import { jsonOf } from './json.ts';
import { parseToken } from './token-response.ts';

/**
 * What came of a create that was sent once. The one rule: it is a failure only when it is certain that no token was made.
 * Everything else is `unclear`, and the caller lists again; calling it a failure would leave a token that nobody knows.
 * `refused` is a definite no, to be explained by its status.
 * @throws AppError network, stopped: nothing was sent
 */
export function createOutcome(
  outcome: HttpAnswer | HttpFailure,
  act: Act,
  place: Place['kind'],
): CreateOutcome | { readonly outcome: 'refused'; readonly answer: HttpAnswer } {
  if (outcome.kind === 'failure') {
    if (!outcome.sent) throw noAnswer(outcome, act);
    return unclear(unansweredReasons[outcome.reason]);
  }
  if (isServerError(outcome.status) || saysNothing.has(outcome.status)) {
    return unclear(`the host answered ${outcome.status}`);
  }
  if (!isSuccess(outcome.status)) return { outcome: 'refused', answer: outcome };
  const token = parseToken(jsonOf(outcome.body), place);
  const value = token?.value;
  if (token === undefined || value === undefined) return unclear('the answer held no value');
  return { outcome: 'created', token: { ...token, value } };
}

/** Somebody in between gave up waiting, or did not want to wait: what was behind it may have been reached all the same. */
const saysNothing: ReadonlySet<number> = new Set([408, 425, 499]);

const unansweredReasons: Readonly<Record<HttpFailure['reason'], string>> = {
  unreachable: 'the host was not reached',
  lost: 'the connection was lost before the answer came',
  timeout: 'no answer came in time',
  'too-large': 'the answer was too large to read',
  stopped: 'it was stopped before the answer came',
};

function unclear(reason: string): CreateOutcome {
  return { outcome: 'unclear', reason };
}
