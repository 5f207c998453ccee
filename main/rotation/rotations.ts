import type { Rotation } from '../../shared/contract/rotation.ts';
import type { TokenFilter } from '../../shared/contract/token.ts';
import { AppError } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import { type Answer, byHandFromStart, refuseOther, withByHand } from './by-hand.ts';
import { inTurn, toldOf } from './in-turn.ts';
import { refuseOpen, refuseTwins } from './open-for.ts';
import { planRotation, type Wish } from './plan.ts';
import type { RotatedToken, RotationWorld } from './ports.ts';
import { runRotation } from './rotate.ts';
import type { RotationRecord } from './rotation-record.ts';
import { allRotations, endedSince, openRotations, resolveRotation } from './rotation-store.ts';
import { view } from './standing.ts';
import { refuseRefused } from './uncreatable.ts';
import { withUnfoundBefore } from './unfound-before.ts';

export interface Order extends Wish {
  readonly ids: readonly string[];
  readonly filter?: TokenFilter;
  readonly dryRun: boolean;
}

/**
 * Rotates the chosen tokens one after the other. Everything that can be refused without asking CircleCI is refused
 * before the first is touched. Holds the vault's lock file throughout.
 * @throws AppError rotation-open, not-found, ambiguous, unsupported, vault-busy, stopped
 */
export async function startRotations(world: RotationWorld, order: Order): Promise<Rotation[]> {
  const session = world.session();
  const chosen = world.tokens.choose(order.ids, order.filter);
  refuseTwins(world, chosen);
  const planned = chosen.map((token) => planFor(world, token, order));
  if (order.dryRun) return planned.map((record) => view(world, record));
  return session.exclusively(async () => {
    // Again, now that nobody else can begin one.
    for (const { token } of planned) refuseOpen(world, token);
    const ended = await inTurn(world, planned, (record) => beginRotation(world, record));
    return ended.map((record) => view(world, record));
  });
}

/** Runs a planned one. The caller holds the lock file. @throws AppError stopped */
export function beginRotation(world: RotationWorld, record: RotationRecord): Promise<RotationRecord> {
  const begin = (transaction: VaultTransaction) =>
    transaction.appendLog(world.witness({ action: 'rotation.started', subject: record.token }));
  return runRotation(world, withUnfoundBefore(world, record), { begin });
}

/**
 * Goes on with the named open rotations, or with all of them but those that the vault was restored under: they go on by
 * their names only, and are answered as they stand. What was open when it was asked, `asked`, and has ended by
 * itself since is answered as it ended.
 * @throws AppError not-found, ambiguous, vault-busy, stopped
 */
export async function resumeRotations(
  world: RotationWorld,
  prefixes: readonly string[],
  asked: readonly RotationRecord[],
): Promise<Rotation[]> {
  const session = world.session();
  return session.exclusively(async () => {
    const open = openRotations(session);
    const isOpen = ({ id }: RotationRecord) => open.some((one) => one.id === id);
    const since = endedSince(asked, open);
    const named = [...new Set(prefixes.map((prefix) => resolveRotation([...open, ...since], prefix)))];
    const isAll = prefixes.length === 0;
    const left = isAll ? open.filter(({ restoredAt }) => restoredAt !== undefined) : [];
    const chosen = isAll ? open.filter((record) => !left.includes(record)) : named.filter(isOpen).map(decided);
    const over = named.filter((record) => !isOpen(record)).map(({ id }) => resolveRotation(allRotations(session), id));
    const ended = await inTurn(world, chosen, (record) => runRotation(world, record));
    return [...over, ...left, ...ended].map((record) => view(world, record));
  });
}

/** What a person says of an act that was done by hand. `value`: as it was pasted; overwritten when the call ends. */
export interface Said {
  readonly value?: Uint8Array;
  readonly confirm?: 'deleted' | 'authorized';
}

/**
 * Goes on with a rotation that waits for a person. What was said is looked at first; where it does not hold, that is the
 * failure of this call, and the rotation waits as before.
 * @throws AppError invalid-input, needs-attention, not-found, ambiguous, vault-busy, stopped, whatever asking throws
 */
export async function answerRotation(world: RotationWorld, prefix: string, said: Said): Promise<Rotation> {
  const session = world.session();
  try {
    return await session.exclusively(async () => {
      const record = resolveRotation(openRotations(session), prefix);
      const answer = checked(world, record, said);
      try {
        return view(world, await toldOf(world, record, () => runRotation(world, record, { answer })));
      } finally {
        if (answer.act === 'create') answer.value.fill(0);
      }
    });
  } finally {
    said.value?.fill(0);
  }
}

/** What can be told without asking CircleCI. @throws AppError invalid-input */
function checked(world: RotationWorld, record: RotationRecord, { value, confirm }: Said): Answer {
  if (value === undefined) {
    const act = confirm === 'deleted' ? 'delete' : 'authorize';
    refuseOther(world, record, act);
    return { act };
  }
  refuseOther(world, record, 'create');
  return { act: 'create', value: world.tokens.pasted(record.token, value) };
}

/** Whoever names a rotation of a disputed creation has looked: what is listed now is somebody else's, and stays. */
function decided(record: RotationRecord): RotationRecord {
  const { attempt } = record;
  if (attempt?.disputed === undefined) return record;
  const keysBefore = [...attempt.keysBefore, ...attempt.disputed];
  return { ...record, attempt: { ...attempt, keysBefore, disputed: [] } };
}

/** @throws AppError rotation-open, unsupported, forbidden, not-found: it cannot be rotated, or not so */
export function planFor(world: RotationWorld, token: RotatedToken, wish: Wish): RotationRecord {
  const session = world.session();
  refuseOpen(world, token.id);
  if (wish.mode === 'cut-over') {
    refuseOwn(world, token);
    if (!wish.guided) refuseRefused(world, token.account, world.tokens.placeOf(token));
  }
  const content = planRotation(token, world.tokens.placeOf(token), wish, isoInstant(world.clock.now()));
  const { absent } = world.accounts.get(token.account);
  const byHand = byHandFromStart(token, { guided: wish.guided, absent });
  return withByHand({ ...content, id: session.newId() }, ...byHand);
}

/** Deleted first, Rondo could not make the second one. */
function refuseOwn(world: RotationWorld, { id }: RotatedToken): void {
  if (world.tokens.isSignIn(id) === false) return;
  throw new AppError(
    'unsupported',
    'This is, or may be, the token that Rondo itself signs in with: deleted first, nothing could be created.',
    { effect: 'nothing-changed', hint: 'Rotate it in overlap: the new one first.' },
  );
}
