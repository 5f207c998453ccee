import { madeOtherwise } from '../../shared/as-asked.ts';
import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { Caller, Place, TokenRequest } from '../circleci/circleci.ts';
import { isoInstant } from '../platform/clock.ts';
import { type CreationWorld, createOnce, lateRows, settleLater } from './creation.ts';
import { creationJournal, openCreationsAt, placeName } from './creation-journal.ts';
import { isKnownValue, withoutKnownValues } from './known-values.ts';
import type { ListedPlace } from './merge.ts';
import { newTokenRecord } from './new-token.ts';
import { ownRow, takeOwnRow } from './own-row.ts';
import { mergePlace } from './place-merge.ts';
import type { TokensWorld } from './ports.ts';
import { readPlace } from './read-place.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

export interface WantedToken {
  readonly account: Id;
  readonly place: Place;
  readonly request: TokenRequest;
  readonly keep: boolean;
}

export interface CreatedToken {
  readonly token: TokenRecord;
  /** In what CircleCI made it otherwise than asked. */
  readonly otherwise: readonly string[];
}

/**
 * Makes a token and seals its value in the same transaction that makes it known. Then the list is read again: it confirms
 * the token and tells what CircleCI made of the wishes for expiry and access. Holds the vault's lock file until the token
 * is known: of two creations at once each could take the token of the other for what came of its own lost answer.
 * @throws AppError needs-attention when an answer was lost and it is not certain what came of it; vault-busy
 */
export async function createToken(world: TokensWorld, wanted: WantedToken): Promise<CreatedToken> {
  return world.accounts.withCaller(wanted.account, async (caller) => {
    const made = await world.session().exclusively(async () => {
      await settleEarlier(world, caller, wanted);
      return makeToken(world, caller, wanted);
    });
    const list = await confirm(world, () => readPlace(world, caller, wanted.place), { ...wanted, ...made });
    const token = tokenStore.get(world.session(), made.record.id) ?? made.record;
    return { token, otherwise: otherwiseThan(wanted.request, token, list) };
  });
}

/** It exists all the same, and the person decides whether it will do. */
function otherwiseThan({ expiresAt, ...request }: TokenRequest, token: TokenRecord, list: ListedPlace | undefined) {
  const fromMs = Date.parse(token.createdAt ?? token.firstSeenAt);
  const life = expiresAt === undefined ? {} : { life: { fromMs, lifetimeMs: Date.parse(expiresAt) - fromMs } };
  const tellsExpiry = list?.tokens.some((row) => row.expiresAt !== undefined) === true;
  return madeOtherwise({ ...request, ...life }, { ...token, tellsExpiry });
}

/** Creations of this place that were cut off, as by a crash: what came of them is nobody's, and is found before the next. */
async function settleEarlier(world: TokensWorld, caller: Caller, { account, place }: WantedToken): Promise<void> {
  for (const open of openCreationsAt(world, account, place)) {
    const { record } = creationJournal(world, open);
    await settleLater(creationWorld(world), { caller, place, request: open.request, record }, open.attempt);
  }
}

interface Made {
  readonly record: TokenRecord;
  /** What the place held before the first try of which nothing was found: it may be carried out yet. */
  readonly unfound: readonly string[] | undefined;
  /** What it held before the one that was answered. */
  readonly before: readonly string[];
}

async function makeToken(world: TokensWorld, caller: Caller, wanted: WantedToken): Promise<Made> {
  const session = world.session();
  const { account, place, request } = wanted;
  const journal = creationJournal(world, { id: session.newId(), account, place, request });
  let unfound: Made['unfound'];
  let before: Made['before'] = [];
  const created = await createOnce(creationWorld(world), {
    caller,
    place,
    request,
    record: (attempt, settled) => {
      journal.record(attempt, settled);
      before = attempt?.keysBefore ?? before;
      if (settled !== undefined && 'unfound' in settled) unfound ??= settled.unfound;
    },
  });
  try {
    const record = newTokenRecord(session, { ...wanted, created, at: isoInstant(world.clock.now()) });
    journal.end((transaction) => {
      tokenStore.put(transaction, record, created.value);
      transaction.appendLog(world.witness({ action: 'token.created', subject: record.id }));
    });
    return { record, unfound, before };
  } finally {
    created.value.fill(0);
  }
}

/** Also for the creations of rotations. */
export function creationWorld(world: TokensWorld): CreationWorld {
  return {
    circleci: world.circleci,
    clock: world.clock,
    read: (caller, place) => readPlace(world, caller, place),
    withoutKnown: (list) => withoutKnownValues(world, list),
    hasValue: (value, keysBefore) => isKnownValue(world, value, keysBefore),
  };
}

/** The token is safe in the vault already: a list that cannot be read now changes nothing, the next sync reads it. */
async function confirm(
  world: TokensWorld,
  read: () => ReturnType<typeof readPlace>,
  made: WantedToken & Made,
): Promise<ListedPlace | undefined> {
  try {
    const list = await read();
    const session = world.session();
    const late = lateIn(world, made, list);
    const row = ownRow(world, list, { id: made.record.id, before: made.before });
    session.write((transaction) => {
      if (row !== undefined) takeOwnRow(transaction, made.record.id, row);
      mergePlace(session, transaction, made, list);
      if (late.length === 0) return;
      const detail = `${placeName(made.place)}, listed later: ${late.join(', ')}`;
      const act = { action: 'token.creation-unclear', subject: made.record.id, outcome: 'failed', detail } as const;
      transaction.appendLog(world.witness(act));
    });
    return list;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return undefined;
  }
}

/** One token more than was asked for, of a try that was carried out after the list showed nothing of it. */
function lateIn(world: TokensWorld, { request, record, unfound }: WantedToken & Made, list: ListedPlace): string[] {
  if (unfound === undefined) return [];
  return lateRows(withoutKnownValues(world, list), { request, unfound, own: record });
}
