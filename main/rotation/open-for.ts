import type { Remedy } from '../../shared/contract/remedies.ts';
import { printable } from '../../shared/labels.ts';
import { AppError } from '../app-error.ts';
import type { VaultReader } from '../vault/vault.ts';
import { mayRun } from './may-run.ts';
import type { RotatedToken, RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { openRotations } from './rotation-store.ts';

type Known = Pick<RotationWorld, 'tokens' | 'accounts'>;
type Running = Known & Pick<RotationWorld, 'session' | 'running' | 'processes'>;

/** Whether an open rotation is worked on right now, or waits for somebody to go on with it. */
export type OpenState = 'running' | 'resting';

/**
 * An open rotation replaces this token or has made it. Two accounts that see one project have a row each of its tokens,
 * and CircleCI has one: a rotation of either is one of both.
 */
export function openFor(world: Running, reader: VaultReader, id: string): OpenState | undefined {
  const record = recordFor(world, reader, id);
  if (record === undefined) return undefined;
  // What a person told of one that waits is looked after before anything is written.
  const runs = world.running.has(record.id) || (record.state === 'running' && mayRun(world, record));
  return runs ? 'running' : 'resting';
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

/** @throws AppError rotation-open */
export function refuseSecond(world: Running, token: string): void {
  const state = openFor(world, world.session(), token);
  if (state === undefined) return;
  if (state === 'running') {
    throw new AppError('rotation-open', `The token ${token.slice(0, 12)} is being rotated right now.`, {
      effect: 'nothing-changed',
      hint: 'Wait until that rotation has ended.',
      details: { token },
    });
  }
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
