import type { TokenFilter } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { Caller, CreatedTokenResponse, Place } from '../circleci/circleci.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultReader, VaultTransaction } from '../vault/vault.ts';
import { lateRows } from './creation.ts';
import { listTokens } from './handlers.ts';
import { withoutKnownValues } from './known-values.ts';
import { type ListedPlace, withKeys } from './merge.ts';
import { newTokenRecord } from './new-token.ts';
import { ownRow, takeOwnRow } from './own-row.ts';
import { cleanPasted, mayBeOld, newRowOf, presenceIn, refuseKnown, sameRow, type WantedRow } from './pasted.ts';
import { lists, mergePlace, tokensAt } from './place-merge.ts';
import type { TokensWorld } from './ports.ts';
import { readPlace } from './read-place.ts';
import { signsInWith } from './signs-in.ts';
import { isPresent, placeOf, type TokenRecord, tokenStore } from './token-store.ts';

/** What rotations do to tokens. Each function that takes a transaction is part of a step's one durable write. */
export function rotationTokens(world: TokensWorld) {
  return {
    placeOf,
    choose: (prefixes: readonly string[], filter: TokenFilter | undefined) => chooseTokens(world, prefixes, filter),
    list: (account: Id, caller: Caller, place: Place) => readForRotation(world, account, caller, place),
    pasted: (old: Id, value: Uint8Array) => pastedValue(world, old, value),
    mayBeOld: (old: Id, value: Uint8Array) => mayBeOld(value, present(world.session(), old)),
    isSignIn: (id: Id) => isSignIn(world, id),
    addReplacement: (transaction: VaultTransaction, replacement: Replacement) =>
      addReplacement(world, transaction, replacement),
    hold: holdValue,
    unhold: unholdValue,
    seal: sealValue,
    takeOwnRow,
    retire: (transaction: VaultTransaction, old: Id, replacement?: Id) =>
      retireToken(world, transaction, old, replacement),
  };
}

/** The named tokens, or those that still exist and may match. @throws AppError invalid-input, not-found, ambiguous */
function chooseTokens(world: TokensWorld, prefixes: readonly string[], filter: TokenFilter | undefined): TokenRecord[] {
  const session = world.session();
  if (prefixes.length > 0 === (filter !== undefined)) {
    throw new AppError('invalid-input', 'Say which tokens: either ids or a filter.', { effect: 'nothing-changed' });
  }
  const ids =
    filter === undefined
      ? prefixes.map((prefix) => tokenStore.resolve(session, prefix).id)
      : listTokens(world, filter, 'perhaps').map(({ id }) => id);
  return [...new Set(ids)]
    .map((id) => tokenStore.get(session, id))
    .filter((token) => token !== undefined)
    .filter((token) => filter === undefined || isPresent(token));
}

/** Reads a place; what it shows enters the inventory when the caller says so. */
async function readForRotation(world: TokensWorld, account: Id, caller: Caller, place: Place) {
  const list = await readPlace(world, caller, place);
  return {
    complete: list.complete,
    keys: withKeys(list.tokens).map(({ key }) => key),
    has: (remoteId: string) => lists(list, remoteId),
    factsOf: (remoteId: string) => factsOf(list, remoteId),
    late: (wanted: Parameters<typeof lateRows>[1]) => lateRows(withoutKnownValues(world, list), wanted),
    presence: (id: Id) => presenceIn(list, present(world.session(), id)),
    newRow: (wanted: Omit<WantedRow, 'fingerprint'>) =>
      newRowOf(withoutKnownValues(world, list), {
        ...wanted,
        fingerprint: world.session().fingerprint(wanted.value),
      }),
    ownRow: (id: Id, before: readonly string[]) => ownRow(world, list, { id, before }),
    takeOver: (transaction: VaultTransaction): undefined => {
      mergePlace(world.session(), transaction, { account, place }, list);
    },
  };
}

function factsOf(list: ListedPlace, remoteId: string) {
  const row = list.tokens.find((token) => token.remoteId === remoteId);
  if (row === undefined) return undefined;
  return { ...row, tellsExpiry: list.tokens.some(({ expiresAt }) => expiresAt !== undefined) };
}

interface Replacement {
  readonly old: Id;
  readonly place: Place;
  readonly created: CreatedTokenResponse;
  readonly keep: boolean;
  readonly at: string;
  /** Made by hand where the host has no list to find it in. */
  readonly neverListed?: true;
}

/** The value that a person brought for the replacement of `old`, alone. @throws AppError invalid-input */
function pastedValue(world: TokensWorld, old: Id, pasted: Uint8Array): Uint8Array {
  const token = present(world.session(), old);
  const value = cleanPasted(pasted, token.kind);
  try {
    refuseKnown(world, value, token);
    return value;
  } catch (error) {
    value.fill(0);
    throw error;
  }
}

/** Whether the token's account signs in with it; undefined: nothing tells. */
function isSignIn(world: TokensWorld, id: Id): boolean | undefined {
  const token = present(world.session(), id);
  return signsInWith(world, token.account, token);
}

/** Carries over what only the vault knows of the old one. A row that a sync has added in the meantime becomes it. */
function addReplacement(world: TokensWorld, transaction: VaultTransaction, replacement: Replacement): Id {
  const { account, owner, tags, note, id, remoteId } = present(transaction, replacement.old);
  if (remoteId !== undefined && remoteId === replacement.created.remoteId) {
    throw new Error('a token was to be its own replacement');
  }
  const carried = {
    tags,
    rotatedFrom: id,
    ...(owner === undefined ? {} : { owner }),
    ...(note === undefined ? {} : { note }),
  };
  const { place, created, neverListed } = replacement;
  const fresh = newTokenRecord(world.session(), { ...replacement, account, carried });
  const others = tokensAt(transaction, { account, place }).filter((token) => token.id !== id);
  const known = sameRow(others, created);
  const record: TokenRecord = {
    ...known,
    ...fresh,
    ...(neverListed === undefined ? {} : { neverListed }),
    ...(known === undefined ? {} : { id: known.id, firstSeenAt: known.firstSeenAt }),
  };
  tokenStore.put(transaction, record, replacement.created.value);
  transaction.appendLog(world.witness({ action: 'token.created', subject: record.id, detail: `to replace ${id}` }));
  return record.id;
}

/** Keeps a value that a rotation still has to prove dead. `retire` forgets it. */
function holdValue(transaction: VaultTransaction, id: Id, value: Uint8Array): void {
  tokenStore.put(transaction, { ...present(transaction, id), held: 'kept' }, value);
}

/** Undoes `holdValue`: who was to take the value once still can, and nobody keeps it who did not before. */
function unholdValue(transaction: VaultTransaction, id: Id, before: TokenRecord['held']): void {
  tokenStore.put(transaction, { ...present(transaction, id), held: before }, before === 'none' ? 'none' : 'same');
}

function sealValue(
  transaction: VaultTransaction,
  id: Id,
  { value, keep }: { readonly value: Uint8Array; readonly keep: boolean },
): void {
  tokenStore.put(transaction, { ...present(transaction, id), held: keep ? 'kept' : 'sealed' }, value);
}

/** Forgets the dead value; links it to its replacement, and lets go of that one's if it was taken while it was needed. */
function retireToken(world: TokensWorld, transaction: VaultTransaction, old: Id, replacement?: Id): void {
  const { goneAt: _unlisted, ...dead } = present(transaction, old);
  const revoked: TokenRecord = {
    ...dead,
    revokedAt: dead.revokedAt ?? isoInstant(world.clock.now()),
    ...(replacement === undefined ? {} : { rotatedTo: replacement }),
    held: 'none',
  };
  tokenStore.put(transaction, revoked, 'none');
  if (replacement === undefined) return;
  const fresh = present(transaction, replacement);
  if (fresh.held === 'sealed' && fresh.takenAt !== undefined)
    tokenStore.put(transaction, { ...fresh, held: 'none' }, 'none');
}

function present(transaction: VaultReader, id: Id): TokenRecord {
  const token = tokenStore.get(transaction, id);
  if (token === undefined) throw new Error('a token of an open rotation is not in the vault');
  return token;
}
