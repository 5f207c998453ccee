import { printable } from '../../shared/labels.ts';
import { AppError } from '../app-error.ts';
import type { TokenResponse } from '../circleci/circleci.ts';

/** What came of the attempt could not be asked: the act must not be called safe to repeat. */
export function unsettled(cause: AppError, label: string): AppError {
  const code = cause.code === 'stopped' ? 'stopped' : 'needs-attention';
  return new AppError(
    code,
    `The answer to creating was lost, and what came of it could not be found out (${cause.code}): there may be a token "${printable(label)}" whose value nobody knows.`,
    { hint: 'Sync, and delete that token if it is there. A rotation that is resumed looks for it by itself.', cause },
  );
}

export function notNew(label: string, remoteId: string | undefined): AppError {
  const which = remoteId === undefined ? '' : ` (${printable(remoteId)})`;
  return new AppError(
    'needs-attention',
    `CircleCI answered the creation of "${printable(label)}" with a token that was there before${which}. It is left as it is.`,
    {
      effect: 'nothing-deleted',
      hint: "Keep that token: it may be the only one that works. Try again later, or make a new one on CircleCI's page.",
    },
  );
}

export function stillListed(): AppError {
  return new AppError(
    'needs-attention',
    'The answer to creating was lost. What came of it was deleted, but CircleCI still lists it.',
    { hint: 'In a minute resume the rotation, or sync and look at the token.' },
  );
}

export function uncertain(candidates: readonly TokenResponse[]): AppError {
  const named = candidates.map(({ remoteId, createdAt }) => `${remoteId ?? 'no id'} of ${createdAt ?? 'unknown time'}`);
  return new AppError(
    'needs-attention',
    `The answer to creating was lost, and it is not certain which new token came of it: ${named.join(', ')}.`,
    {
      effect: 'nothing-deleted',
      hint: 'Look at them on CircleCI and delete what nobody uses. Then resume this rotation, or create again.',
      details: { candidates: candidates.map(({ remoteId, label, createdAt }) => ({ remoteId, label, createdAt })) },
    },
  );
}
