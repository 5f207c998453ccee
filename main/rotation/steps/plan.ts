import { AppError } from '../../app-error.ts';
import type { RunStep } from './step.ts';

/** Nothing is created before the account answers as itself and the old token is certainly there to be replaced. */
export const runPlan: RunStep = async ({ world, caller, record, userId, signsIn }) => {
  const who = await world.circleci.identify(caller);
  if (who.userId !== userId) {
    throw new AppError('unauthorized', "The account's token answers as another user now. Nothing was changed.", {
      hint: 'Add the account again with a token of the right user.',
    });
  }
  if (record.place.kind === 'personal' && !signsIn && world.accounts.get(record.account).signInToken === undefined) {
    throw new AppError(
      'unsupported',
      'It is not known which personal token Rondo itself signs in with, and it may be this one. Nothing was changed.',
      { hint: 'Sync first. If it stays unknown, replace this token on its page on CircleCI.' },
    );
  }
  const list = await world.tokens.list(record.account, caller, record.place);
  if (!list.has(record.oldRemoteId)) {
    throw new AppError('not-found', 'CircleCI does not list the old token any more. Nothing was changed.', {
      hint: 'Create a new token instead.',
    });
  }
  if (!list.complete) {
    throw new AppError('server-error', "CircleCI's list of tokens could not be read completely. Nothing was changed.", {
      hint: 'Try again later.',
    });
  }
  return { detail: 'the account answers as itself and the old token is listed', also: list.takeOver };
};
