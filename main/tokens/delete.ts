import type { PartFailure } from '../../shared/contract/sync.ts';
import type { Id } from '../../shared/ids.ts';
import { AppError, isRefusal } from '../app-error.ts';
import type { Caller } from '../circleci/circleci.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import { lists, mergePlace, tokensAt } from './place-merge.ts';
import type { TokensWorld } from './ports.ts';
import { readPlace } from './read-place.ts';
import { signsInWith } from './signs-in.ts';
import { isPresent, placeOf, type TokenRecord, tokenStore } from './token-store.ts';

export interface Deletion {
  readonly deleted: Id[];
  readonly failed: { id: Id; error: PartFailure }[];
}

/**
 * Deletes on CircleCI and counts a token as deleted only when its list lacks it. Nothing happens before every id was
 * found and the person has typed DELETE. The token that Rondo signs in with goes last. Does not ask for the vault's lock
 * file: a token that leaked must not wait for a job of rotations.
 * @throws AppError confirmation-required with `consequences`, not-found, ambiguous
 */
export async function deleteTokens(
  world: TokensWorld,
  prefixes: readonly string[],
  confirm: string | undefined,
): Promise<Deletion> {
  const session = world.session();
  const found = new Map(
    prefixes.map((prefix) => tokenStore.resolve(session, prefix)).map((token) => [token.id, token]),
  );
  const tokens = [...found.values()];
  if (confirm !== 'DELETE') throw unconfirmed(world, tokens);
  // A vault that cannot be written could not tell afterwards that they are gone.
  session.write(() => {});
  const deletion: Deletion = { deleted: [], failed: [] };
  for (const token of tokens.toSorted((left, right) => Number(signsIn(world, left)) - Number(signsIn(world, right)))) {
    world.deleting.add(token.id);
    try {
      await deleteToken(world, token);
      deletion.deleted.push(token.id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      session.write((transaction) => {
        changeIn(transaction, token.id, ({ deletionBy: _ended, ...rest }) => rest);
        const act = { action: 'token.deleted', subject: token.id, outcome: 'failed', detail: error.code } as const;
        transaction.appendLog(world.witness(act));
      });
      deletion.failed.push({ id: token.id, error: error.toPartFailure() });
    } finally {
      world.deleting.delete(token.id);
    }
  }
  return deletion;
}

async function deleteToken(world: TokensWorld, token: TokenRecord): Promise<void> {
  const session = world.session();
  if (token.revokedAt !== undefined) return;
  world.rotations.refuseOpen(token.id, 'nothing-deleted');
  const { remoteId } = token;
  if (remoteId === undefined) {
    throw new AppError(
      'unsupported',
      'CircleCI gives this token no id, so Rondo cannot be certain to delete the right one. It was not deleted.',
      {
        hint: 'Delete it on its page on CircleCI, then sync.',
      },
    );
  }
  await world.accounts.withCaller(token.account, async (caller) => {
    // Before the request leaves: whatever stops in between, the next complete list tells what came of it.
    const mark = { deletionAt: isoInstant(world.clock.now()), deletionBy: world.processes.own };
    change(world, token.id, (unmarked) => ({ ...unmarked, ...mark }));
    try {
      await world.circleci.deleteToken(caller, placeOf(token), remoteId);
    } catch (error) {
      if (error instanceof AppError && isRefusal(error.code)) {
        change(world, token.id, ({ deletionAt: _refused, ...rest }) => rest);
      }
      throw error;
    }
    await proveDeleted(world, caller, token).catch((error: unknown) => {
      throw unproved(error);
    });
  });
  session.write((transaction) => {
    const { goneAt: _seenGone, deletionBy: _ended, ...now } = tokenStore.get(transaction, token.id) ?? token;
    const revoked: TokenRecord = { ...now, revokedAt: isoInstant(world.clock.now()), held: 'none' };
    tokenStore.put(transaction, revoked, 'none');
    transaction.appendLog(world.witness({ action: 'token.deleted', subject: token.id }));
  });
}

type Change = (token: TokenRecord) => TokenRecord;

function change(world: TokensWorld, id: Id, by: Change): void {
  world.session().write((transaction) => changeIn(transaction, id, by));
}

function changeIn(transaction: VaultTransaction, id: Id, change: Change): void {
  const token = tokenStore.get(transaction, id);
  if (token !== undefined) tokenStore.put(transaction, change(token), 'same');
}

/** It is deleted, as far as CircleCI said: an error of looking must not sound as if nothing had happened. */
function unproved(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code === 'needs-attention') return error;
  return new AppError(
    'needs-attention',
    `CircleCI said that the token is deleted, but that could not be checked (${error.code}). Its value should be taken for dead.`,
    { hint: 'Sync: the list will tell.', cause: error },
  );
}

async function proveDeleted(world: TokensWorld, caller: Caller, token: TokenRecord): Promise<void> {
  if (signsInWith(world, token.account, token) === true) return proveRefused(world, caller);
  try {
    await proveUnlisted(world, caller, token);
  } catch (error) {
    // What deleted it a moment ago is dead now: it was Rondo's own sign-in token, and nobody knew.
    if (token.kind === 'personal' && isUnauthorized(error)) return;
    throw error;
  }
}

async function proveUnlisted(world: TokensWorld, caller: Caller, token: TokenRecord): Promise<void> {
  const place = placeOf(token);
  const list = await readPlace(world, caller, place);
  if (!list.complete || lists(list, token.remoteId)) {
    throw new AppError(
      'needs-attention',
      'CircleCI said that the token is deleted, but its list does not prove it yet.',
      {
        hint: 'Sync in a minute and look at the token again.',
      },
    );
  }
  const session = world.session();
  session.write((transaction) => mergePlace(session, transaction, { account: token.account, place }, list));
}

/** The token asked with itself: nobody is left to read the list, so the refusal is the proof. */
async function proveRefused(world: TokensWorld, caller: Caller): Promise<void> {
  try {
    await world.circleci.identify(caller);
  } catch (error) {
    if (isUnauthorized(error)) return;
    throw error;
  }
  throw new AppError('needs-attention', 'CircleCI said that the token is deleted, but it still answers.', {
    hint: 'Sync in a minute and look at the token again.',
  });
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unauthorized';
}

function signsIn(world: TokensWorld, token: TokenRecord): boolean {
  return world.accounts.present().some(({ id }) => signsInWith(world, id, token) === true);
}

function unconfirmed(world: TokensWorld, tokens: readonly TokenRecord[]): AppError {
  const count = tokens.length === 1 ? 'This deletes a token' : `This deletes ${tokens.length} tokens`;
  return new AppError('confirmation-required', `${count}, and whatever uses it stops working.`, {
    effect: 'nothing-deleted',
    hint: 'Type DELETE to confirm, or rotate instead.',
    details: { consequences: consequences(world, tokens) },
  });
}

/** What will stop working, a line each. */
export function consequences(world: TokensWorld, tokens: readonly TokenRecord[]): string[] {
  const session = world.session();
  const chosen = new Set(tokens.map((token) => token.id));
  const lines = new Set<string>();
  for (const token of tokens) {
    for (const { id, name } of world.accounts.present()) {
      const verdict = signsInWith(world, id, token);
      if (verdict === true) lines.add(`Rondo signs in to ${name} with it: sync and rotation stop there.`);
      if (verdict === undefined)
        lines.add('It may be the one that Rondo itself signs in with: CircleCI does not tell.');
    }
    const others = tokensAt(session, { account: token.account, place: placeOf(token) });
    const last = !others.some((other) => isPresent(other) && !chosen.has(other.id));
    if (token.project !== undefined && last) lines.add(`It is the last working token of ${token.project}.`);
  }
  return [...lines];
}
