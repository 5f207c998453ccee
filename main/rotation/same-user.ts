import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import { AppError } from '../app-error.ts';
import type { Caller } from '../circleci/circleci.ts';
import type { RotationWorld } from './ports.ts';

/**
 * Somebody may have signed the account in again with a token that turned out to be another person's: that one's list has
 * none of these tokens, and would prove each of them gone. @throws AppError unauthorized, and whatever asking throws
 */
export async function requireSameUser(
  { circleci }: Pick<RotationWorld, 'circleci'>,
  caller: Caller,
  userId: string,
): Promise<void> {
  const who = await circleci.identify(caller);
  if (who.userId === userId) return;
  throw new AppError('unauthorized', "The account's token answers as another user now.", {
    effect: 'nothing-changed',
    hint: 'Add the account again with a token of the right user.',
  });
}

/**
 * The same before a step that does something else: a no to this question says nothing of what the step would have asked, nor
 * that a person could do it by hand.
 */
export async function requireSameUserFirst(
  world: Pick<RotationWorld, 'circleci'>,
  caller: Caller,
  userId: string,
): Promise<void> {
  try {
    await requireSameUser(world, caller, userId);
  } catch (error) {
    if (!(error instanceof AppError) || !saysNoMore.has(error.code)) throw error;
    throw new AppError('server-error', "CircleCI did not say whose the account's token is.", {
      effect: 'nothing-changed',
      hint: 'Check whether CircleCI is reached, or a page of the network that you are in; then go on.',
      cause: error,
    });
  }
}

const saysNoMore: ReadonlySet<ErrorCode> = new Set(['unsupported', 'forbidden', 'not-found']);
