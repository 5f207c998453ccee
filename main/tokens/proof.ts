import type { Proof } from '../../shared/contract/rotation.ts';
import { AppError } from '../app-error.ts';
import type { Caller, CircleCi, Place } from '../circleci/circleci.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';

/**
 * Whether a value works, asked by using it. A status alone proves nothing: a personal token must answer as its user, and
 * a project must refuse the same question without a token, because a public project answers anybody.
 */
export interface Verdict {
  readonly verdict: 'works' | 'refused' | 'cannot-tell';
  readonly proof: Proof;
}

export interface Question {
  /** The host, the value in question and what ends the wait. */
  readonly caller: Caller;
  readonly place: Place;
  readonly wireScope?: string;
  readonly userId: string;
  readonly what: string;
}

/** @throws AppError when CircleCI could not be asked (network, server-error, …): that is no verdict */
export async function askByUse(circleci: CircleCi, clock: Clock, question: Question): Promise<Verdict> {
  const { caller, place } = question;
  const conclude = (asked: string, answered: string, verdict: Verdict['verdict']): Verdict => ({
    verdict,
    proof: { what: question.what, asked, answered, at: isoInstant(clock.now()), ok: verdict === 'works' },
  });
  if (place.kind === 'personal') {
    const asked = 'GET /api/v2/me';
    const userId = await identity(circleci, caller);
    if (userId === undefined) return conclude(asked, '401', 'refused');
    return userId === question.userId
      ? conclude(asked, '200, the same user', 'works')
      : conclude(asked, '200, another user', 'refused');
  }
  const anonymous = { host: caller.host, ...(caller.signal === undefined ? {} : { signal: caller.signal }) };
  if (question.wireScope === 'status') {
    const asked = `the badge of ${place.slug}, with and without the token`;
    const withToken = await circleci.readBadge(caller, place.slug);
    const without = await circleci.readBadge(anonymous, place.slug);
    const differs = withToken.status === 200 && withToken.digest !== without.digest;
    return conclude(
      asked,
      `${withToken.status} and ${without.status}, ${differs ? 'different' : 'the same'}`,
      differs ? 'works' : 'cannot-tell',
    );
  }
  const asked = `GET /api/v1.1/project/${place.slug}, with and without the token`;
  const withToken = await circleci.readProject(caller, place.slug);
  if (withToken.status < 200 || withToken.status > 299) return conclude(asked, `${withToken.status}`, 'refused');
  const without = await circleci.readProject(anonymous, place.slug);
  const open = without.status >= 200 && without.status <= 299;
  return conclude(asked, `${withToken.status} and ${without.status}`, open ? 'cannot-tell' : 'works');
}

async function identity(circleci: CircleCi, caller: Caller): Promise<string | undefined> {
  try {
    return (await circleci.identify(caller)).userId;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthorized') return undefined;
    throw error;
  }
}
