import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { Place, TokenRequest } from '../circleci/circleci.ts';
import { isoInstant } from '../platform/clock.ts';
import { type Attempt, type CreationWorld, createOnce } from './creation.ts';
import { withoutKnownValues } from './known-values.ts';
import { newTokenRecord } from './new-token.ts';
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

/**
 * Makes a token and seals its value in the same transaction that makes it known. Then the list is read again: it confirms
 * the token and tells what CircleCI made of the wishes for expiry and access.
 * @throws AppError needs-attention when an answer was lost and it is not certain what came of it
 */
export async function createToken(world: TokensWorld, wanted: WantedToken): Promise<TokenRecord> {
  const session = world.session();
  // Before the request leaves: a vault that cannot be written could not keep the value either.
  const announce = (attempt: Attempt | undefined, orphan?: string) => {
    if (orphan !== undefined) {
      const deleted = world.witness({ action: 'token.orphan-deleted', subject: wanted.account, detail: orphan });
      session.write((transaction) => transaction.appendLog(deleted));
    }
    if (attempt === undefined || attempt.disputed !== undefined) return;
    const detail = wanted.place.kind === 'project' ? wanted.place.slug : 'personal';
    const began = world.witness({ action: 'token.creating', subject: wanted.account, detail });
    session.write((transaction) => transaction.appendLog(began));
  };
  return world.accounts.withCaller(wanted.account, async (caller) => {
    const created = await createOnce(creationWorld(world), {
      caller,
      place: wanted.place,
      request: wanted.request,
      record: announce,
    });
    const record = newTokenRecord(session, { ...wanted, created, at: isoInstant(world.clock.now()) });
    session.write((transaction) => {
      tokenStore.put(transaction, record, created.value);
      transaction.appendLog(world.witness({ action: 'token.created', subject: record.id }));
    });
    created.value.fill(0);
    await confirm(world, () => readPlace(world, caller, wanted.place), wanted);
    return tokenStore.get(session, record.id) ?? record;
  });
}

/** Also for the creations of rotations. */
export function creationWorld(world: TokensWorld): CreationWorld {
  return {
    circleci: world.circleci,
    clock: world.clock,
    read: (caller, place) => readPlace(world, caller, place),
    withoutKnown: (list) => withoutKnownValues(world.session(), list),
  };
}

/** The token is safe in the vault already: a list that cannot be read now changes nothing, the next sync reads it. */
async function confirm(
  world: TokensWorld,
  read: () => ReturnType<typeof readPlace>,
  where: WantedToken,
): Promise<void> {
  try {
    const list = await read();
    const session = world.session();
    session.write((transaction) => mergePlace(session, transaction, where, list));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
