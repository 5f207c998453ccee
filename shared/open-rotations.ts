import type { Rotation } from './contract/rotation.ts';
import type { Token } from './contract/token.ts';
import type { Id } from './ids.ts';

export function isOpenRotation(rotation: Pick<Rotation, 'state'>): boolean {
  return !['done', 'failed', 'abandoned'].includes(rotation.state);
}

/** Open rotations of an account's tokens: without the account none of them goes on. */
export function openRotationsOf(account: Id, tokens: readonly Token[], rotations: Iterable<Rotation>): number {
  const own = new Set(tokens.filter((token) => token.account === account).map(({ id }) => id));
  return [...rotations].filter((rotation) => isOpenRotation(rotation) && own.has(rotation.token)).length;
}
