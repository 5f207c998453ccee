import type { Remedy } from '../../shared/contract/remedies.ts';
import { printable } from '../../shared/labels.ts';
import { AppError } from '../app-error.ts';
import type { VaultReader } from '../vault/vault.ts';
import type { RotatedToken, RotationWorld } from './ports.ts';
import { openRotations } from './rotation-store.ts';

type Known = Pick<RotationWorld, 'tokens' | 'accounts'>;

/**
 * An open rotation replaces this token or has made it. Two accounts that see one project have a row each of its tokens,
 * and CircleCI has one: a rotation of either is one of both.
 */
export function isOpenFor(world: Known, reader: VaultReader, id: string): boolean {
  const inWork = openRotations(reader).flatMap(({ token, replacement = token }) => [token, replacement]);
  if (inWork.includes(id)) return true;
  const token = world.tokens.get(reader, id);
  if (token === undefined) return false;
  return inWork.some((other) => {
    const open = world.tokens.get(reader, other);
    return open !== undefined && isSeenTwice(world, open, token);
  });
}

/** Two rows of one token on CircleCI. Within one account each token has one row. */
export function isSeenTwice({ accounts }: Known, left: RotatedToken, right: RotatedToken): boolean {
  if (left.account === right.account || left.kind !== right.kind || left.project !== right.project) return false;
  const isSame =
    left.remoteId === undefined || right.remoteId === undefined
      ? left.label === right.label && left.createdAt !== undefined && left.createdAt === right.createdAt
      : left.remoteId === right.remoteId;
  return isSame && accounts.get(left.account).origin === accounts.get(right.account).origin;
}

/** @throws AppError rotation-open */
export function refuseSecond(world: Known & Pick<RotationWorld, 'session'>, token: string): void {
  if (!isOpenFor(world, world.session(), token)) return;
  throw new AppError('rotation-open', `A rotation of the token ${token.slice(0, 12)} is open already.`, {
    effect: 'nothing-changed',
    hint: 'Resume it, or give it up first.',
    details: { token, remedy: 'rotation.resume' satisfies Remedy },
  });
}

/** One token that two accounts see would be replaced twice. @throws AppError rotation-open */
export function refuseTwins(world: Known, chosen: readonly RotatedToken[]): void {
  for (const [index, token] of chosen.entries()) {
    const twin = chosen.slice(0, index).find((other) => isSeenTwice(world, other, token));
    if (twin !== undefined) throw seenTwice(world, twin, token);
  }
}

export function seenTwice(world: Known, first: RotatedToken, second: RotatedToken): AppError {
  const [by, also] = [first, second].map(({ account }) => printable(world.accounts.get(account).name));
  return new AppError(
    'rotation-open',
    `The token ${second.id.slice(0, 12)} is the same on CircleCI as ${first.id.slice(0, 12)}: two accounts see it, ${by} and ${also}.`,
    {
      effect: 'nothing-changed',
      hint: 'Choose it once, by its id or with the account.',
      details: { token: second.id },
    },
  );
}
