import type { StepName } from '../../shared/contract/rotation.ts';
import { AppError } from '../app-error.ts';
import type { RotatedToken, RotationWorld } from './ports.ts';
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
    throw new AppError('unsupported', 'CircleCI has no route to make the new token. Nothing was deleted.', {
      hint: 'Do both by hand, or rotate it in overlap.',
    });
  }
  if (!record.guided) refuseRefused(world, { account: record.account, kind: record.place.kind });
}

/** @throws AppError forbidden */
export function refuseRefused(world: RotationWorld, { account, kind }: Pick<RotatedToken, 'account' | 'kind'>): void {
  if (!world.accounts.get(account).refused.includes(`${kind}.create`)) return;
  throw new AppError(
    'forbidden',
    `CircleCI refused to make a ${kind} token when it was last asked: deleted first, the old one would have no successor. Nothing was deleted.`,
    {
      hint: 'Rotate it in overlap: the new one first. Once one was made so, cut-over is possible again. Or do it by hand.',
    },
  );
}
