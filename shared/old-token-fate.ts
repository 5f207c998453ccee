import type { ErrorCode } from './contract/error-codes.ts';
import type { Rotation, StepName } from './contract/rotation.ts';

/**
 * `unclear`: its deletion was sent, or may have been, and no answer says what came of it. `unproved`: CircleCI or a person
 * says that it is deleted, and nothing has proved it: it may still work.
 */
export type OldTokenFate = 'there' | 'unclear' | 'unproved' | 'deleted';

/** Failures of a deletion that are no answer to it. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['network', 'server-error', 'stopped', 'internal']);

/** What a rotation knows of the token that it replaces. Pure. */
export function oldTokenFate({
  steps,
  error,
  deletionLost,
}: Pick<Rotation, 'steps' | 'error' | 'deletionLost'>): OldTokenFate {
  const stateOf = (wanted: StepName) => steps.find(({ name }) => name === wanted)?.state;
  if (stateOf('prove-old-gone') === 'done') return 'deleted';
  const state = stateOf('retire-old');
  if (state === 'done') return 'unproved';
  const isUnclear =
    deletionLost === true ||
    state === 'running' ||
    (state === 'failed' && error !== undefined && unanswered.has(error.code));
  return isUnclear ? 'unclear' : 'there';
}
