import type { StoredToken } from '../../main/sandbox/token-table.ts';
import { must } from './broken.ts';
import { chosen, open } from './choices.ts';
import { isOpen } from './ledger.ts';
import type { Stage } from './stage.ts';

/**
 * One that the person had for this before, also one that was deleted since. Rather the old one of a rotation that is open
 * or runs right now, whatever it was for: whoever signs in with that is who may be signed out.
 */
export function usedBefore(stage: Stage, user: string, pick: number): StoredToken | undefined {
  const { ledger, sight, touched } = stage;
  const theirs = [...ledger.alive().values(), ...ledger.deleted()].filter(
    ({ holder }) => holder.kind === 'personal' && holder.user === user,
  );
  const inWork = [...open(stage), ...[...touched.values()].filter(isOpen)].map(
    ({ token }) => sight.tokens.find(({ id }) => id === token)?.remoteId,
  );
  const replaced = theirs.filter(({ id }) => inWork.includes(id));
  const usual = theirs.filter(({ label }) => ledger.signIns.has(label));
  const token = chosen(replaced.length > 0 ? replaced : usual, pick);
  if (token !== undefined) ledger.signIns.add(token.label);
  return token;
}

/** While something else is under way; what comes of it is looked at afterwards. */
export async function signInMeanwhile(stage: Stage, pick: number): Promise<void> {
  const account = chosen(stage.sight.accounts, pick);
  const token = account === undefined ? undefined : usedBefore(stage, account.userId, pick);
  if (token !== undefined) await signInWith(stage, token);
}

export async function signInWith({ core, imitation }: Stage, token: StoredToken) {
  const { origin, world } = imitation;
  const wasDead = world.tokens.working(token.value, world.clock.now()) === undefined;
  const result = await core().client('account.add', { host: origin, value: new TextEncoder().encode(token.value) });
  must(!(wasDead && result.ok), `an account was signed in with ${token.id}, which does not work`);
  return result;
}
