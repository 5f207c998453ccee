import { AppError } from '../app-error.ts';
import type { Caller } from '../circleci/circleci.ts';
import { lists, mergePlace } from './place-merge.ts';
import type { TokensWorld } from './ports.ts';
import { readPlace } from './read-place.ts';
import { signsInWith } from './signs-in.ts';
import { placeOf, type TokenRecord } from './token-store.ts';

/** @throws AppError needs-attention: CircleCI said that it is deleted, and that is not proved */
export async function proveDeleted(world: TokensWorld, caller: Caller, token: TokenRecord): Promise<void> {
  try {
    await prove(world, caller, token);
  } catch (error) {
    throw unproved(error);
  }
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

async function prove(world: TokensWorld, caller: Caller, token: TokenRecord): Promise<void> {
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
