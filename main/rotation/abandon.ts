import type { Rotation } from '../../shared/contract/rotation.ts';
import { type OldTokenFate, oldTokenFate } from '../../shared/old-token-fate.ts';
import { AppError } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import { letGo } from './let-go.ts';
import { hasLostValue } from './lost-value.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { allRotations, closeRotation, endedSince, openRotations, resolveRotation } from './rotation-store.ts';
import { view } from './standing.ts';

/** `confirm`: what the person typed. */
export interface GivenUp {
  readonly id: string;
  readonly confirm?: string;
}

/**
 * Ends an open rotation where it stands. What it made stays in the vault, what it did not delete stays on CircleCI. One of
 * `asked`, open when this was asked for, that has ended by itself since is answered as it ended; and of one that went on
 * since, the word was said about something else.
 * @throws AppError confirmation-required, not-found, ambiguous, vault-busy
 */
export async function abandonRotation(
  world: RotationWorld,
  { id: prefix, confirm }: GivenUp,
  asked: readonly RotationRecord[],
): Promise<Rotation> {
  const session = world.session();
  const open = openRotations(session);
  const named = resolveRotation([...open, ...endedSince(asked, open)], prefix);
  if (!open.includes(named)) return view(world, resolveRotation(allRotations(session), named.id));
  const before = asked.find(({ id }) => id === named.id);
  const isAsAsked = before !== undefined && standsAt(world, before) === standsAt(world, named);
  if (confirm !== 'ABANDON' || !isAsAsked) throw unconfirmed(world, named);
  return session.exclusively(async () => {
    // Again, now that nobody else can go on with it.
    const record = resolveRotation(openRotations(session), named.id);
    const finishedAt = isoInstant(world.clock.now());
    const closed = closeRotation(world, { ...record, state: 'abandoned', finishedAt }, (transaction) => {
      transaction.appendLog(
        world.witness({ action: 'rotation.abandoned', subject: record.token, detail: standsAt(world, record) }),
      );
      letGo(world, record, transaction);
    });
    return view(world, closed);
  });
}

/** What is left behind, in the words of the log and of the question. */
function standsAt(world: RotationWorld, record: RotationRecord): string {
  const { replacement, attempt } = record;
  const old = oldStands[oldTokenFate(record)];
  if (hasLostValue(world, record)) return `${old}; the new one stays on CircleCI, and the vault has no value of it`;
  if (replacement !== undefined) return `${old}; the new one stays in the vault and on CircleCI`;
  return attempt === undefined
    ? `${old}; no new one was made`
    : `${old}; CircleCI may have a new one that nobody knows the value of`;
}

const oldStands: Readonly<Record<OldTokenFate, string>> = {
  there: 'the old token was not touched',
  unclear: 'the old token may be deleted already',
  unproved: 'the old token is said to be deleted, which nothing has proved: it may still work',
  deleted: 'the old token is deleted',
};

function unconfirmed(world: RotationWorld, record: RotationRecord): AppError {
  return new AppError(
    'confirmation-required',
    `Given up, this rotation stays as it stands now: ${standsAt(world, record)}. It was not given up yet.`,
    {
      hint: 'Type ABANDON to confirm, or resume it.',
    },
  );
}
