import type { Rotation } from '../../../shared/contract/rotation.ts';
import type { Token } from '../../../shared/contract/token.ts';
import type { Id } from '../../../shared/ids.ts';
import { openRotationOf } from '../../state/rotation.ts';
import { isPast } from '../../state/standing.ts';

export interface Planned {
  readonly tokens: readonly Token[];
  /** Chosen, but gone or being rotated already. */
  readonly skipped: number;
  /** One that is left of several is planned as one: all that can be chosen for it is offered. */
  readonly isMany: boolean;
}

/** It ended without having replaced its token, which is there and free to be rotated anew. */
export function mayBeRotatedAgain(
  { state, replacement }: Rotation,
  rotations: ReadonlyMap<Id, Rotation>,
  token: Token,
): boolean {
  // One that was given up with a new token leaves its value to be taken: that comes first.
  const hasMadeNothing = state === 'failed' || (state === 'abandoned' && replacement === undefined);
  return hasMadeNothing && !isPast(token) && openRotationOf(rotations, token.id) === undefined;
}

export function plannedOf(all: readonly Token[], rotations: ReadonlyMap<Id, Rotation>, ids: readonly Id[]): Planned {
  const wanted = new Set(ids);
  const chosen = all.filter(({ id }) => wanted.has(id));
  const tokens = chosen.filter((token) => !isPast(token) && openRotationOf(rotations, token.id) === undefined);
  return { tokens, skipped: chosen.length - tokens.length, isMany: ids.length > 1 && tokens.length !== 1 };
}
