import type { ErrorCode } from './contract/error-codes.ts';
import type { Rotation, StepName } from './contract/rotation.ts';
import { proofsOf, provesGone } from './proofs-of.ts';

/**
 * `unclear`: its deletion was sent, or may have been, and no answer says what came of it. `unproved`: CircleCI or a person
 * says that it is deleted, and nothing has proved it: it may still work.
 */
export type OldTokenFate = 'there' | 'unclear' | 'unproved' | 'deleted';

/** Failures of a deletion that are no answer to it. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['network', 'server-error', 'stopped', 'internal']);

type Known = Pick<Rotation, 'steps' | 'error' | 'deletionLost' | 'proofs' | 'receipt'>;

/** What a rotation knows of the token that it replaces. Pure. */
export function oldTokenFate(rotation: Known): OldTokenFate {
  const { steps, error, deletionLost } = rotation;
  const stateOf = (wanted: StepName) => steps.find(({ name }) => name === wanted)?.state;
  // A step that nobody's proofs are told of yet may have had them.
  const proofs = proofsOf(rotation);
  if (stateOf('prove-old-gone') === 'done') return proofs.length === 0 || provesGone(proofs) ? 'deleted' : 'unproved';
  const state = stateOf('retire-old');
  if (state === 'done') return 'unproved';
  const isUnclear =
    deletionLost === true ||
    state === 'running' ||
    (state === 'failed' && error !== undefined && unanswered.has(error.code));
  return isUnclear ? 'unclear' : 'there';
}
