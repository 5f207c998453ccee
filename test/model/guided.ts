import { deleteByHand } from '../../main/sandbox/by-hand.ts';
import { mint } from '../../main/sandbox/mint.ts';
import type { StoredToken } from '../../main/sandbox/token-table.ts';
import type { Act } from './acts.ts';
import { Broken } from './broken.ts';
import { chosen, type Guided, guided } from './choices.ts';
import { during, makeByHand, type Outcome } from './disturb.ts';
import { placeOfStored } from './ledger.ts';
import type { Stage } from './stage.ts';

type Tell = Act & { readonly kind: 'tell' };
type Said = { readonly value: Uint8Array } | { readonly confirm: 'deleted' | 'authorized' };

/** A person does on CircleCI's page what a rotation waits for, and says so; or leaves one of the two out. */
export async function tell(act: Tell, stage: Stage): Promise<Outcome> {
  const rotation = chosen(guided(stage), act.pick);
  const old = rotation === undefined ? undefined : oldOf(stage, rotation);
  if (rotation === undefined || old === undefined) return { disturbed: false };
  const said = act.way === 'wrongly' ? lie(stage, rotation, act.pick) : doByHand(stage, rotation, old);
  if (act.way === 'unsaid' || said === undefined) return { disturbed: false };
  const about = { how: act.how, label: old.label, place: placeOfStored(old) };
  stage.ledger.asleep.delete(rotation.id);
  const outcome = await during(stage, about, () => {
    return stage.core().client('rotation.resume', { ids: [rotation.id], ...said });
  });
  const isBelieved = act.way === 'wrongly' && 'value' in said && outcome.result?.ok === true;
  if (isBelieved) throw new Broken(`a wrong value was taken for the new token of ${rotation.id}`);
  return outcome;
}

function oldOf({ sight, ledger }: Stage, { token }: Guided): StoredToken | undefined {
  return ledger.everExisted(sight.tokens.find(({ id }) => id === token)?.remoteId ?? '');
}

function doByHand(stage: Stage, { id, guide }: Guided, old: StoredToken): Said {
  const { imitation, ledger } = stage;
  if (guide.act === 'authorize') return { confirm: 'authorized' };
  if (guide.act === 'delete') {
    ledger.deletedAsTold.add(old.id);
    if (ledger.alive().has(old.id)) deleteByHand(imitation.world, { id: old.id });
    return { confirm: 'deleted' };
  }
  // Whoever is asked again still has the page open.
  let fresh = ledger.alive().get(ledger.madeByHand.get(id) ?? '');
  if (fresh === undefined) {
    const { label, holder } = old;
    makeByHand(stage, { place: placeOfStored(old), label, duringOurs: false }, () => {
      fresh = mint(imitation.world, { label, holder });
    });
  }
  ledger.madeByHand.set(id, fresh?.id ?? '');
  return { value: new TextEncoder().encode(fresh?.value) };
}

/** The value of the old token or of one from elsewhere; or that it was deleted, when it was not. */
function lie(stage: Stage, rotation: Guided, pick: number): Said | undefined {
  const old = oldOf(stage, rotation);
  if (old === undefined) return undefined;
  if (rotation.guide.act !== 'create') {
    stage.ledger.lied.add(old.id);
    return { confirm: 'deleted' };
  }
  const others = [...stage.ledger.alive().values()].filter((token) => placeOfStored(token) !== placeOfStored(old));
  const wrong = pick % 2 === 0 ? old : chosen(others, pick);
  if (wrong === undefined || isBelievable(stage, old, wrong)) return undefined;
  return { value: new TextEncoder().encode(wrong.value) };
}

/**
 * Where a new token of that name is listed which Rondo has not made: a badge does not tell one value from another, and a
 * value without an id inside does not tell which token it is. Nobody could find out.
 */
function isBelievable({ ledger }: Stage, old: StoredToken, wrong: StoredToken): boolean {
  const isTold = old.holder.scope !== 'status' && wrong.value.startsWith('CCI');
  const isAlike = (token: StoredToken) =>
    ledger.theirs.has(token.id) && token.label === old.label && placeOfStored(token) === placeOfStored(old);
  return !isTold && [...ledger.alive().values()].some(isAlike);
}
