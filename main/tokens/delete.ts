import type { PartFailure } from '../../shared/contract/sync.ts';
import type { Id } from '../../shared/ids.ts';
import { AppError, isRefusal } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import { consequences } from './consequences.ts';
import type { TokensWorld } from './ports.ts';
import { proveDeleted } from './prove-deleted.ts';
import { signsInWith } from './signs-in.ts';
import { placeOf, type TokenRecord, tokenStore } from './token-store.ts';

export interface Deletion {
  readonly deleted: Id[];
  readonly failed: { id: Id; error: PartFailure }[];
}

/**
 * Deletes on CircleCI and counts a token as deleted only when its list lacks it. Nothing happens before every id was
 * found and the person has typed DELETE. The token that Rondo signs in with goes last; nobody signs in here with one that
 * waits for its turn, and one with which another process does is not deleted. Does not ask for the vault's lock file: a
 * token that leaked must not wait for a job of rotations.
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
  const order = tokens
    .map((token) => ({ token, own: ownSignIn(world, token) }))
    .toSorted((left, right) => Number(left.own === 'is') - Number(right.own === 'is'));
  for (const { id } of tokens) world.deleting.add(id);
  try {
    for (const one of order) await deleteInTurn(world, one, deletion);
  } finally {
    for (const { id } of tokens) world.deleting.delete(id);
  }
  return deletion;
}

/** `own`: so much of it was told to whoever confirmed it. */
interface Chosen {
  readonly token: TokenRecord;
  readonly own: OwnSignIn;
}

async function deleteInTurn(world: TokensWorld, chosen: Chosen, { deleted, failed }: Deletion): Promise<void> {
  const { id } = chosen.token;
  try {
    await deleteToken(world, chosen);
    deleted.push(id);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    world.session().write((transaction) => {
      changeIn(transaction, id, ({ deletionBy: _ended, ...rest }) => rest);
      const act = { action: 'token.deleted', subject: id, outcome: 'failed', detail: error.code } as const;
      transaction.appendLog(world.witness(act));
    });
    failed.push({ id, error: error.toPartFailure() });
  }
}

async function deleteToken(world: TokensWorld, { token, own }: Chosen): Promise<void> {
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
    session.write((transaction) => {
      refuseOwnMeanwhile(own, ownSignIn(world, tokenStore.get(transaction, token.id) ?? token));
      changeIn(transaction, token.id, (unmarked) => ({ ...unmarked, ...mark }));
    });
    try {
      await world.circleci.deleteToken(caller, placeOf(token), remoteId);
    } catch (error) {
      if (error instanceof AppError && isRefusal(error.code)) {
        session.write((transaction) => {
          changeIn(transaction, token.id, ({ deletionAt: _refused, ...rest }) => rest);
        });
      }
      throw error;
    }
    await proveDeleted(world, caller, token);
  });
  session.write((transaction) => {
    const { goneAt: _seenGone, deletionBy: _ended, ...now } = tokenStore.get(transaction, token.id) ?? token;
    const revoked: TokenRecord = { ...now, revokedAt: isoInstant(world.clock.now()), held: 'none' };
    tokenStore.put(transaction, revoked, 'none');
    transaction.appendLog(world.witness({ action: 'token.deleted', subject: token.id }));
  });
}

/** Nobody was asked whether that one may go. @throws AppError confirmation-required */
function refuseOwnMeanwhile(told: OwnSignIn, now: OwnSignIn): void {
  if (told === 'is' || now === told || now === 'is not') return;
  const what = now === 'is' ? 'is the one' : 'may be the one';
  throw new AppError(
    'confirmation-required',
    `This token ${what} that Rondo itself signs in with, which was not known when its deletion was confirmed.`,
    { effect: 'nothing-deleted', hint: 'Delete it by itself if it shall go all the same, or rotate it instead.' },
  );
}

function changeIn(transaction: VaultTransaction, id: Id, change: (token: TokenRecord) => TokenRecord): void {
  const token = tokenStore.get(transaction, id);
  if (token !== undefined) tokenStore.put(transaction, change(token), 'same');
}

/** Whether Rondo signs in with it, to any of the accounts. */
type OwnSignIn = 'is' | 'may be' | 'is not';

function ownSignIn(world: TokensWorld, token: TokenRecord): OwnSignIn {
  const verdicts = world.accounts.present().map(({ id }) => signsInWith(world, id, token));
  if (verdicts.includes(true)) return 'is';
  return verdicts.includes(undefined) ? 'may be' : 'is not';
}

function unconfirmed(world: TokensWorld, tokens: readonly TokenRecord[]): AppError {
  const count = tokens.length === 1 ? 'This deletes a token' : `This deletes ${tokens.length} tokens`;
  return new AppError('confirmation-required', `${count}, and whatever uses it stops working.`, {
    effect: 'nothing-deleted',
    hint: 'Type DELETE to confirm, or rotate instead.',
    details: { consequences: consequences(world, tokens) },
  });
}
