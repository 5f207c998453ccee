import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { needsAttention } from './steps/step.ts';

type World = Pick<RotationWorld, 'session' | 'tokens'>;
type Made = Pick<RotationRecord, 'account' | 'replacement'>;

/**
 * Nobody that the vault knows of has the new value: a backup leaves out what is held until it is taken, and a repair may
 * find a value no more. What Rondo itself signs in with, the account has.
 */
export function hasLostValue(world: World, record: Made): boolean {
  return lacksValue(world, record) && !accountHas(world, record);
}

/** It is waited for until somebody takes it, and nobody can. */
export function canSealAgain(world: World, record: Made): boolean {
  return lacksValue(world, record) && accountHas(world, record);
}

/** What only the account has can be taken again, as before. In a write of its own: it is true whatever comes of the run. */
export function sealAgain(world: World, record: RotationRecord): void {
  const { account, replacement, keep } = record;
  if (replacement === undefined || !canSealAgain(world, record)) return;
  world.session().write((transaction) => {
    world.session().withSecret(account, (value) => world.tokens.seal(transaction, replacement, { value, keep }));
  });
}

function lacksValue({ session, tokens }: World, { replacement }: Made): boolean {
  const fresh = replacement === undefined ? undefined : tokens.get(session(), replacement);
  return fresh?.held === 'none' && fresh.takenAt === undefined;
}

/** By the value itself: a row may be taken for the account's own by less. */
function accountHas({ session, tokens }: World, { account, replacement }: Made): boolean {
  const fresh = replacement === undefined ? undefined : tokens.get(session(), replacement);
  const own = session().withSecret(account, (value) => session().fingerprint(value));
  return own !== undefined && own === fresh?.fingerprint;
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
