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
