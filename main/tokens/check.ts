import type { TokenCheck } from '../../shared/contract/token.ts';
import { AppError } from '../app-error.ts';
import type { Caller } from '../circleci/circleci.ts';
import { isoInstant } from '../platform/clock.ts';
import type { TokensWorld } from './ports.ts';
import { askByUse } from './proof.ts';
import { placeOf, type TokenRecord, tokenStore } from './token-store.ts';
import { stateOf } from './token-view.ts';

/** Asks CircleCI about held values by using them. Checking does not take them. Without ids: every held value. */
export async function checkTokens(world: TokensWorld, prefixes: readonly string[]): Promise<TokenCheck[]> {
  const session = world.session();
  const tokens =
    prefixes.length === 0
      ? tokenStore.list(session).filter((token) => token.held !== 'none')
      : prefixes.map((prefix) => tokenStore.resolve(session, prefix));
  const checks: TokenCheck[] = [];
  for (const token of tokens) checks.push(await checkToken(world, token));
  return checks;
}

async function checkToken(world: TokensWorld, token: TokenRecord): Promise<TokenCheck> {
  const value =
    token.held === 'none' ? undefined : world.session().withSecret(token.id, (secret) => new Uint8Array(secret));
  if (value === undefined) return { id: token.id, state: 'not-checked', reason: 'the vault holds no value of it' };
  try {
    return await world.accounts.withCaller(token.account, (caller) => ask(world, token, { ...caller, token: value }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id: token.id, state: 'failed', reason: error.message, error: error.code };
  } finally {
    value.fill(0);
  }
}

async function ask(world: TokensWorld, token: TokenRecord, caller: Caller): Promise<TokenCheck> {
  const userId = world.accounts.of(token.account).userId;
  const { wireScope } = token;
  const question = { caller, place: placeOf(token), userId, what: 'the held value works' };
  const { verdict, proof } = await askByUse(
    world.circleci,
    world.clock,
    wireScope === undefined ? question : { ...question, wireScope },
  );
  if (verdict === 'works') return { id: token.id, state: 'works', reason: `${proof.asked}: ${proof.answered}` };
  if (verdict === 'somebody-else') {
    return { id: token.id, state: 'failed', reason: 'CircleCI accepts it, but as another user: this is not the value' };
  }
  if (verdict !== 'refused') {
    return { id: token.id, state: 'not-checked', reason: `cannot be told by use: ${proof.asked}: ${proof.answered}` };
  }
  return { id: token.id, state: 'refused', reason: `${proof.answered}, ${why(token, isoInstant(world.clock.now()))}` };
}

/** The most likely cause of a refusal, from what the vault knows. */
function why(token: TokenRecord, now: string): string {
  switch (stateOf(token, now)) {
    case 'revoked':
      return 'because Rondo deleted it';
    case 'gone':
      return 'because it is no longer listed';
    case 'expired':
      return 'because it has expired';
    default:
      return 'probably deleted since the last sync, or without access to this project';
  }
}
