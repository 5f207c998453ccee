import { AppError } from '../app-error.ts';
import type { Caller, HostMemory, IdentityResponse, LearnedFact, Place, TokenResponse } from './circleci.ts';
import { type Ask, actOf, type Exchange } from './exchange.ts';
import { type Act, lacksRoute, perhapsDone, refusal, untold } from './failures.ts';
import type { HttpAnswer } from './http.ts';

export interface Listed {
  readonly tokens: readonly TokenResponse[];
  readonly complete: boolean;
}

/** What both kinds of token need. */
export interface TokensWorld {
  readonly exchange: Exchange;
  readonly memory: HostMemory;
  readonly identify: (caller: Caller) => Promise<IdentityResponse>;
}

/**
 * Tells the memory. What it keeps saves a request next time, no more: that it could not be written must never cost the
 * answer that was just received, which may hold a new token's only copy.
 */
export function learn(memory: HostMemory, origin: string, fact: LearnedFact): void {
  quietly(() => memory.learned(origin, fact));
}

/** The same of a create, which may be refused to one account, or in one place. */
export function learnCreate(memory: HostMemory, { account }: Caller, place: Place, outcome: 'works' | 'refused'): void {
  if (account !== undefined) quietly(() => memory.learnedCreate(account, place, outcome));
}

function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // Learned again at the next answer.
  }
}

/**
 * Why an undocumented route said no. Behind 401 and 404 may be a dead token, because CircleCI hides what a stranger may
 * not see: asking who the token is tells the two apart.
 * @throws AppError whatever `identify` fails with, above all unauthorized
 */
export async function explained(
  answer: HttpAnswer,
  ask: Ask & { readonly asker: Caller },
  identify: (caller: Caller) => Promise<IdentityResponse>,
): Promise<Error> {
  if (answer.status === 401 || answer.status === 404) await identify(ask.asker);
  if (answer.status !== 401) return refusal(answer, actOf(ask));
  return lacksRoute(actOf(ask), 'forbidden', 'the token works, but not for this (401)');
}

/** What became of a delete that was not answered with a yes. @throws AppError as `tell`; network if it may be done */
export async function toldAfter<T>(answer: HttpAnswer, act: Act, tell: () => Promise<T>): Promise<T> {
  try {
    return await tell();
  } catch (error) {
    throw answer.earlierLost && error instanceof AppError ? perhapsDone(error, act) : error;
  }
}

/**
 * A delete answered 404: it was deleted before, or the host deletes in another way (by value). The list tells,
 * if every row of it could be read. @throws AppError server-error
 */
export function isGone({ tokens, complete }: Listed, remoteId: string, act: Act): boolean {
  if (tokens.some((token) => token.remoteId === remoteId)) return false;
  if (!complete) throw untold(act);
  return true;
}
