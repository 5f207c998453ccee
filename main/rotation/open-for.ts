import type { Remedy } from '../../shared/contract/remedies.ts';
import { printable } from '../../shared/labels.ts';
import { AppError, type Effect } from '../app-error.ts';
import type { VaultReader } from '../vault/vault.ts';
import { mayRun } from './may-run.ts';
import type { RotatedToken, RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { openRotations } from './rotation-store.ts';

type Known = Pick<RotationWorld, 'tokens' | 'accounts'>;
type Running = Known & Pick<RotationWorld, 'session' | 'running' | 'processes'>;

/**
 * An open rotation replaces this token or has made it. Two accounts that see one project have a row each of its tokens,
 * and CircleCI has one: a rotation of either is one of both.
 */
export function isOpenFor(world: Known, reader: VaultReader, id: string): boolean {
  return recordFor(world, reader, id) !== undefined;
}

function recordFor(world: Known, reader: VaultReader, id: string): RotationRecord | undefined {
  const open = openRotations(reader);
  const inWork = ({ token, replacement = token }: RotationRecord) => [token, replacement];
  const own = open.find((record) => inWork(record).includes(id));
  if (own !== undefined) return own;
  const token = world.tokens.get(reader, id);
  if (token === undefined) return undefined;
  const isTwin = (other: string) => {
    const known = world.tokens.get(reader, other);
    return known !== undefined && isSeenTwice(world, known, token);
  };
  return open.find((record) => inWork(record).some(isTwin));
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

/** One that is worked on right now is waited for; another one waits for somebody. @throws AppError rotation-open */
export function refuseOpen(world: Running, token: string, effect: Effect = 'nothing-changed'): void {
  const record = recordFor(world, world.session(), token);
  if (record === undefined) return;
  // What a person told of one that waits is looked after before anything is written.
  if (world.running.has(record.id) || (record.state === 'running' && mayRun(world, record))) {
    throw new AppError('rotation-open', `The token ${token.slice(0, 12)} is being rotated right now.`, {
      effect,
      hint: 'Wait until that rotation has ended.',
      details: { token },
    });
  }
  throw new AppError('rotation-open', `A rotation of the token ${token.slice(0, 12)} is open already.`, {
    effect,
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
