import { expect } from 'vitest';
import type { Rotation, StepName } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import type { ConnectedCore } from './connected-core.ts';
import { expectOk } from './core-pieces.ts';
import { heldValue } from './expect-replaced.ts';

/**
 * True at any moment of a rotation in overlap, also right after a kill: asked of the sandbox. `before`: the ids that
 * existed there when it began, and those that others made since.
 */
export async function expectNothingLost(
  connected: ConnectedCore,
  old: Token,
  before: ReadonlySet<string>,
): Promise<void> {
  const now = connected.alive();
  const inventory = await connected.tokens();
  const replacement = inventory.find((token) => token.rotatedFrom === old.id);
  const known = replacement === undefined ? undefined : await heldValue(connected, replacement.id);
  const newWorks = known !== undefined && now.get(replacement?.remoteId ?? '')?.value === known;
  const { rotations } = expectOk(await connected.client('rotation.list', {}));
  const step = (wanted: StepName, ...states: Rotation['steps'][number]['state'][]) =>
    rotations.some(
      ({ token, steps }) => token === old.id && steps.some((is) => is.name === wanted && states.includes(is.state)),
    );
  // Whoever resumes it between the proof and the end proves it again, perhaps after the old one has gone.
  const provedBefore = rotations.some(
    ({ token, proofs = [] }) =>
      token === old.id && proofs.some(({ what, ok }) => ok && what === 'the new token is listed'),
  );
  const safe = now.has(old.remoteId ?? '') || (newWorks && (step('prove-new', 'done') || provedBefore));
  expect(safe, 'the old token works, or the new one that was proved').toBe(true);
  const mayBeLost = step('create', 'running', 'failed');
  for (const id of now.keys()) {
    const accounted = before.has(id) || id === replacement?.remoteId || mayBeLost;
    expect(accounted, `${id} is in the vault, or the journal says that one may exist`).toBe(true);
  }
}
