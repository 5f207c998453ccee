import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { needsAttention } from './steps/step.ts';

/**
 * Nobody that the vault knows of has the new value: a backup leaves out what is held until it is taken, and a repair may
 * find a value no more. What Rondo itself signs in with, the account has.
 */
export function hasLostValue(
  world: Pick<RotationWorld, 'session' | 'tokens'>,
  { replacement, switched }: Pick<RotationRecord, 'replacement' | 'switched'>,
): boolean {
  if (replacement === undefined || switched !== undefined) return false;
  const fresh = world.tokens.get(world.session(), replacement);
  return fresh?.held === 'none' && fresh.takenAt === undefined;
}

export function lostValue({ retiredAt }: Pick<RotationRecord, 'retiredAt'>) {
  const known =
    'The new token exists, but the vault does not hold its value any more: a restored backup or a repair is without it.';
  return retiredAt === undefined
    ? needsAttention(
        `${known} The old token is left as it is.`,
        'If nobody has the value, give this rotation up: the old token stays. Then delete the new one, and rotate again.',
      )
    : needsAttention(
        `${known} The old token is deleted already.`,
        'If nobody has the value, give this rotation up, delete the new token, and create another.',
      );
}
