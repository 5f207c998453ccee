import type { Rotation } from '../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../shared/open-rotations.ts';
import { type BothTokens, bothTokens, type Known, type NewStanding, type OldStanding } from '../state/both-tokens.ts';
import { duration } from './dates.ts';

/** What whoever must put a token in place has to know of an old one. */
export const oldStands: Readonly<Record<OldStanding, string>> = {
  there: 'The old token works',
  untouched: 'The old token was not touched',
  lost: 'The old token does not work any more',
  unclear: 'The old token may be deleted already',
  unproved: 'The old token is said to be deleted, and that is not proved yet',
  deleted: 'The old token is deleted',
};

const newStands: Readonly<Record<NewStanding, string>> = {
  none: 'the new one comes next',
  unproved: 'the new one is not proved',
  works: 'the new one works',
  lost: 'the new one does not work any more',
};

/** What works of a rotation's two tokens. */
export function standSaid({ old, fresh }: BothTokens): string {
  if (old === 'there' && fresh === 'works') return 'Both tokens work; nothing is down.';
  if (old === 'there' && fresh === 'none') return 'The old token works; nothing is down.';
  return `${oldStands[old]}; ${newStands[fresh]}.`;
}

/** What stands where old and new lie side by side; nothing where it is not known that both answer, or answered. */
export function overlapSaid(rotation: Rotation, bothMs: number, known: Known): string {
  // What has ended stays as it was, whatever became of the new one since.
  const { old, fresh } = bothTokens(rotation, isOpenRotation(rotation) ? known : {});
  if (rotation.decision === 'restored' || fresh !== 'works') return '';
  if (old === 'deleted') return `both answer for ${duration(bothMs)}`;
  return old === 'there' && isOpenRotation(rotation) ? `both answer, ${duration(bothMs)} so far` : '';
}
