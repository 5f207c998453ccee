import type { Rotation } from '../../shared/contract/rotation.ts';
import { isOpen, placeOfStored } from './ledger.ts';
import type { Stage } from './stage.ts';

/** Asked when a delete arrives: the old token of a rotation in overlap goes only after the new one has answered, and in its time. */
export function deletedInTime(stage: Stage, path: string): void {
  const { ledger, sight, touched } = stage;
  const id = path.split('/').at(-1) ?? '';
  if (!ledger.alive().has(id)) return;
  const rotations = [...touched.values()].filter(
    (rotation) => isOpen(rotation) && sight.tokens.find((token) => token.id === rotation.token)?.remoteId === id,
  );
  if (rotations.some(({ mode }) => mode === 'cut-over')) return;
  const problems = rotations.map((rotation) => problemOf(stage, rotation, id));
  const [first] = problems;
  // Two accounts may see one token, each in a row with a rotation of its own: one of them deletes it.
  if (first !== undefined && !problems.includes(undefined)) ledger.violations.push(first);
}

function problemOf(stage: Stage, rotation: Rotation, id: string): string | undefined {
  const { ledger, sight, clock } = stage;
  // One that was sent before, after its proof, may arrive while the new token is proved once more.
  const isLate = rotation.deletionLost === true;
  const proved = isLate || rotation.steps.find(({ name }) => name === 'prove-new')?.state === 'done';
  if (!proved || !hasAnswered(stage, rotation, id)) {
    return `the old token of ${rotation.id} was deleted before the new one answered`;
  }
  const { retire, retireDueAt, replacement } = rotation;
  if (retireDueAt !== undefined && clock.now() < Date.parse(retireDueAt)) {
    return `the old token of ${rotation.id} was deleted before its time`;
  }
  const fresh = sight.tokens.find((token) => token.id === replacement)?.remoteId ?? '';
  if (retire === 'taken' && !ledger.taken.has(fresh)) {
    return `the old token of ${rotation.id} was deleted before the new value was taken`;
  }
  return undefined;
}

/** It is there now, does not end before the old one goes, and somebody has used it. */
function hasAnswered({ ledger, sight, imitation }: Stage, rotation: Rotation, id: string): boolean {
  const stored = ledger.everExisted(id);
  if (stored === undefined) return true;
  const place = placeOfStored(stored);
  // One that was made in this act is in no row yet.
  const known = sight.tokens.find((token) => token.id === rotation.replacement)?.remoteId;
  return [...ledger.alive().values()].some(
    (token) =>
      (ledger.isRondos(token.id) || ledger.madeByHand.get(rotation.id) === token.id) &&
      placeOfStored(token) === place &&
      (known === undefined || token.id === known) &&
      token.createdMs >= (ledger.begunMs.get(rotation.id) ?? 0) &&
      (token.expiresMs === undefined || token.expiresMs > imitation.world.clock.now()) &&
      // Of a Status token a badge need not say anything: that it is listed decides.
      (token.lastUsedMs !== undefined || stored.holder.scope === 'status'),
  );
}
