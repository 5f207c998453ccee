import type { Proof } from '../../shared/contract/rotation.ts';
import { AppError } from '../app-error.ts';
import type { Caller, CircleCi, Place } from '../circleci/circleci.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';

/**
 * Whether a value works, asked by using it. A status alone proves nothing: a personal token must answer as its user, and
 * a project must refuse the same question without a token, because a public project answers anybody.
 */
export interface Verdict {
  /**
   * `somebody-else`: it is accepted, but not as the token that it should be. `cannot-tell`: anybody gets this answer.
   * `unclear`: neither a yes nor a refusal, such as 403 or a redirect.
   */
  readonly verdict: 'works' | 'refused' | 'somebody-else' | 'cannot-tell' | 'unclear';
  readonly proof: Proof;
}

export interface Question {
  /** The host, the value in question and what ends the wait. */
  readonly caller: Caller;
  readonly place: Place;
  readonly wireScope?: string;
  readonly userId: string;
  readonly what: string;
  /** Its value is known to work: refused at the same moment, the refusal of the other says nothing. */
  readonly control?: Caller;
}

/** @throws AppError when CircleCI could not be asked (network, server-error, …): that is no verdict */
export async function askByUse(circleci: CircleCi, clock: Clock, question: Question): Promise<Verdict> {
  const { caller, place, control } = question;
  const conclude = (asked: string, answered: string, verdict: Verdict['verdict']): Verdict => ({
    verdict,
    proof: { what: question.what, asked, answered, at: isoInstant(clock.now()), ok: verdict === 'works' },
  });
  if (place.kind === 'personal') {
    const asked = 'GET /api/v2/me';
    const userId = await identity(circleci, caller);
    if (userId === undefined) {
      if (control === undefined) return conclude(asked, '401', 'refused');
      const isAnswered = (await identity(circleci, control)) !== undefined;
      return conclude(withControl(asked), `401 and ${isAnswered ? '200' : '401'}`, isAnswered ? 'refused' : 'unclear');
    }
    return userId === question.userId
      ? conclude(asked, '200, the same user', 'works')
      : conclude(asked, '200, another user', 'somebody-else');
  }
  const anonymous = { host: caller.host, ...(caller.signal === undefined ? {} : { signal: caller.signal }) };
  if (question.wireScope === 'status') {
    const asked = `the badge of ${place.slug}, with and without the token`;
    const withToken = await circleci.readBadge(caller, place.slug);
    const without = await circleci.readBadge(anonymous, place.slug);
    // Not every project has a badge at this address, so a missing one says nothing of the token.
    const twoAnswers = isYes(withToken.status) && (isYes(without.status) || refusesStrangers(without.status));
    const differs = twoAnswers && withToken.digest !== without.digest;
    const answered = `${withToken.status} and ${without.status}, ${differs ? 'different' : 'no difference that counts'}`;
    return conclude(asked, answered, differs ? 'works' : 'cannot-tell');
  }
  const project = `GET /api/v1.1/project/${place.slug}`;
  const asked = `${project}, with and without the token`;
  const withToken = await circleci.readProject(caller, place.slug);
  if (!isYes(withToken.status)) {
    // A working token of too little scope gets 403, so only these two say that the value is dead.
    const dead = withToken.status === 401 || withToken.status === 404;
    if (!dead || control === undefined) return conclude(asked, `${withToken.status}`, dead ? 'refused' : 'unclear');
    const { status } = await circleci.readProject(control, place.slug);
    return conclude(withControl(project), `${withToken.status} and ${status}`, isYes(status) ? 'refused' : 'unclear');
  }
  const without = await circleci.readProject(anonymous, place.slug);
  const answered = `${withToken.status} and ${without.status}`;
  if (isYes(without.status)) return conclude(asked, answered, 'cannot-tell');
  return conclude(asked, answered, refusesStrangers(without.status) ? 'works' : 'unclear');
}

function withControl(asked: string): string {
  return `${asked}, with the token and with one that should work`;
}

function isYes(status: number): boolean {
  return status >= 200 && status < 300;
}

function refusesStrangers(status: number): boolean {
  return status === 401 || status === 403 || status === 404;
}

async function identity(circleci: CircleCi, caller: Caller): Promise<string | undefined> {
  try {
    return (await circleci.identify(caller)).userId;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthorized') return undefined;
    throw error;
  }
}
