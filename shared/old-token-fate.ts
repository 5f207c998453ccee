import type { ErrorCode } from './contract/error-codes.ts';
import type { Rotation } from './contract/rotation.ts';

/** `unclear`: its deletion was sent, or may have been, and no answer says what came of it. */
export type OldTokenFate = 'there' | 'unclear' | 'deleted';

/** Failures of a deletion that are no answer to it. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['network', 'server-error', 'stopped', 'internal']);

/** What a rotation knows of the token that it replaces. Pure. */
export function oldTokenFate({
  steps,
  error,
  deletionLost,
}: Pick<Rotation, 'steps' | 'error' | 'deletionLost'>): OldTokenFate {
  const state = steps.find(({ name }) => name === 'retire-old')?.state;
  if (state === 'done') return 'deleted';
  const isUnclear =
    deletionLost === true ||
    state === 'running' ||
    (state === 'failed' && error !== undefined && unanswered.has(error.code));
  return isUnclear ? 'unclear' : 'there';
}
