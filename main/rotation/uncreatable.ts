import type { StepName } from '../../shared/contract/rotation.ts';
import { printable } from '../../shared/labels.ts';
import { AppError } from '../app-error.ts';
import type { Place } from '../circleci/circleci.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { isByHand } from './waiting.ts';

/**
 * In cut-over the old token goes first. Where CircleCI is known to make no new one afterwards, nothing would be left: what
 * it refuses is not begun, and what it has no route for is deleted by a person, who then makes the new one.
 * @throws AppError forbidden, unsupported: before the old one is deleted
 */
export function refuseUncreatable(world: RotationWorld, record: RotationRecord, name: StepName): void {
  if (name !== 'retire-old' || record.mode !== 'cut-over' || isByHand(record, name)) return;
  const { absent } = world.accounts.get(record.account);
  if (absent.includes(`${record.place.kind}.create`)) {
    throw new AppError('unsupported', 'CircleCI has no route to make the new token.', {
      effect: 'nothing-deleted',
      hint: 'Do both by hand, or rotate it in overlap.',
    });
  }
  if (!record.guided) refuseRefused(world, record.account, record.place);
}

/** Known of this account and place only: what one project refuses, another may allow. @throws AppError forbidden */
export function refuseRefused(world: RotationWorld, account: string, place: Place): void {
  if (!isCreateRefused(world, account, place)) return;
  const what = place.kind === 'personal' ? 'a personal token' : `a token of ${printable(place.slug)}`;
  throw new AppError(
    'forbidden',
    `CircleCI refused to make ${what} when it was last asked: deleted first, the old one would have no successor.`,
    {
      effect: 'nothing-deleted',
      hint: 'Rotate it in overlap: the new one first. Once one was made so, cut-over is possible again. Or do it by hand.',
    },
  );
}

/** What has been learned of a host and its places. */
export interface KnowsHosts {
  readonly accounts: Pick<RotationWorld['accounts'], 'get'>;
}

export function isCreateRefused({ accounts }: KnowsHosts, account: string, place: Place): boolean {
  return accounts.get(account).refusesCreate(place);
}

/** Rondo deleted its old token, and there is no new one. Where a person deleted it, that was the person's decision. */
export function isStranded(record: RotationRecord): boolean {
  return record.retiredAt !== undefined && record.replacement === undefined && !isByHand(record, 'retire-old');
}
