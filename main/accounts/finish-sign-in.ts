import type { EarlierSignIn } from '../../shared/contract/account.ts';
import { AppError } from '../app-error.ts';
import type { Caller, CircleCiHost, OAuthClient } from '../circleci/circleci.ts';
import { tokenShape } from '../circleci/token-shape.ts';
import { type AccountRecord, accountStore } from './account-store.ts';
import { type AccountsWorld, keepSignIn, knownAccount } from './accounts.ts';
import { withEarlier } from './earlier-sign-ins.ts';
import { writeAccount } from './write-account.ts';

export interface FinishWorld extends AccountsWorld {
  /** Aborted when requests must end because the vault locks. */
  readonly signal: () => AbortSignal;
}

export interface WantedSignIn {
  readonly host: CircleCiHost;
  readonly kind: AccountRecord['kind'];
  readonly name?: string;
  /** Whoever signs in must be the person of this account. */
  readonly account?: AccountRecord;
  /** The client of the token in use: CircleCI revokes it as it gives the new one. */
  readonly client?: OAuthClient;
}

export interface FinishedSignIn {
  readonly account: AccountRecord;
  readonly earlier: EarlierSignIn;
}

interface Issued {
  /** Overwritten by whoever gives it. */
  readonly value: Uint8Array;
  readonly browser: NonNullable<AccountRecord['browser']>;
}

/**
 * From a token that CircleCI has just issued to an account that signs in with it. The order is that of a rotation: the new
 * one is proved, then it is written down, then the earlier one ends. A token that is not kept is deleted again, so that
 * none is left that nobody uses. For the same client CircleCI has ended the earlier one already: there the new one is
 * written down first, and given up only where it is somebody else's.
 * @throws AppError refused (another person than asked), and whatever `identify` and the vault throw
 */
export async function finishSignIn(world: FinishWorld, wanted: WantedSignIn, issued: Issued): Promise<FinishedSignIn> {
  const { signal } = world;
  const caller: Caller = { host: wanted.host, token: issued.value, signal: signal() };
  let earlier: Earlier | undefined;
  try {
    let account: AccountRecord;
    if (wanted.account !== undefined && wanted.client !== undefined) {
      earlier = earlierOf(world, wanted.host, wanted.account.userId);
      account = await keepBeforeAsking(world, { ...wanted, account: wanted.account }, { caller, issued });
    } else {
      try {
        const who = await identityFor(world, wanted, caller);
        earlier = earlierOf(world, wanted.host, who.userId);
        account = keepSignIn(world, { ...wanted, who, ...issued });
      } catch (error) {
        throw withFate(error, { isDeleted: await isDeleted(world, caller, issued.value), wanted });
      }
    }
    if (earlier === undefined) return { account, earlier: 'none' };
    const state = await endEarlier(world, caller, { earlier, client: issued.browser.client.id });
    writeAccount(world, 'earlier ended', (transaction) => {
      const outcome = state === 'revoked' ? 'ok' : 'failed';
      transaction.appendLog(
        world.witness({ action: 'account.earlier-ended', subject: account.id, outcome, detail: state }),
      );
    });
    return { account, earlier: state };
  } finally {
    earlier?.value.fill(0);
  }
}

async function identityFor({ circleci }: FinishWorld, { account }: WantedSignIn, caller: Caller) {
  const who = await circleci.identify(caller);
  if (account !== undefined && who.userId !== account.userId) throw otherPerson(who.login, account);
  return who;
}

/** The token of an earlier sign-in with the browser. Nobody else can hold it: it was never shown. */
interface Earlier {
  readonly value: Uint8Array;
  readonly client: string;
}

/** A pasted one is not Rondo's to end: somebody may use it elsewhere. */
function earlierOf({ session }: FinishWorld, host: CircleCiHost, userId: string): Earlier | undefined {
  const before = knownAccount(session(), host.origin, userId);
  if (before?.browser === undefined) return undefined;
  const value = session().withSecret(before.id, (secret) => new Uint8Array(secret));
  return value === undefined ? undefined : { value, client: before.browser.client.id };
}

/**
 * The new token is perhaps the only one that works: it is sealed before anything else can go wrong. Whose it is may stay
 * unknown for a while, and then the next sync tells. @throws AppError refused: it is somebody else's, and all is as before
 */
async function keepBeforeAsking(
  world: FinishWorld,
  wanted: WantedSignIn & { readonly account: AccountRecord },
  { caller, issued }: { readonly caller: Caller; readonly issued: Issued },
): Promise<AccountRecord> {
  const sealed = sealUnproved(world, wanted.account, issued);
  try {
    const who = await identityFor(world, wanted, caller);
    return keepSignIn(world, { ...wanted, who, ...issued });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!(error instanceof OtherPerson)) throw keptUnproved(error);
    sealed.undo();
    throw withFate(error, { isDeleted: await isDeleted(world, caller, issued.value), wanted });
  } finally {
    sealed.forget();
  }
}

function sealUnproved(world: FinishWorld, { id }: AccountRecord, { value, browser }: Issued) {
  const { session, witness } = world;
  const before = accountStore.get(session(), id);
  if (before === undefined) throw new Error('an account that somebody signs in to again is not in the vault');
  const valueBefore = session().withSecret(id, (secret) => new Uint8Array(secret));
  const forget = () => valueBefore?.fill(0);
  try {
    writeAccount(world, 'sealed unasked', (transaction) => {
      const { signInToken: _before, ...rest } = before;
      accountStore.put(transaction, { ...rest, ...withEarlier(session(), before), browser }, value);
      transaction.appendLog(witness({ action: 'account.added', subject: id, detail: 'by the browser, not asked yet' }));
    });
  } catch (error) {
    forget();
    throw error instanceof AppError ? notKept(error) : error;
  }
  return {
    undo: () =>
      writeAccount(world, 'given up', (transaction) => accountStore.put(transaction, before, valueBefore ?? 'none')),
    forget,
  };
}

function notKept(cause: AppError): AppError {
  const message = `${cause.happened} The new token could not be stored, and the one before works no more: CircleCI ended it. Everything else in the vault is as it was.`;
  return new AppError(cause.code, message, { hint: 'Mend what is wrong with the vault, then sign in again.', cause });
}

function keptUnproved({ code, happened, details, cause }: AppError): AppError {
  return new AppError(
    code,
    `${happened} The new token is kept, and Rondo signs in with it; whose it is could not be asked. The one before works no more.`,
    { hint: 'Sync when CircleCI answers: that asks it.', cause, ...(details === undefined ? {} : { details }) },
  );
}

/** Only a refusal of the old token counts as its end, whichever way it came. */
async function endEarlier(
  world: FinishWorld,
  caller: Caller,
  { earlier, client }: { earlier: Earlier; client: string },
): Promise<'revoked' | 'left'> {
  // For the same client CircleCI has revoked it already. Else by itself first: the new one may have less access.
  if (earlier.client !== client) {
    const itself = { ...caller, token: earlier.value };
    if (!(await isDeleted(world, itself, earlier.value))) await isDeleted(world, caller, earlier.value);
  }
  try {
    await world.circleci.identify({ ...caller, token: earlier.value });
    return 'left';
  } catch (error) {
    return error instanceof AppError && error.code === 'unauthorized' ? 'revoked' : 'left';
  }
}

/** Deletes the token of this value by the id in it. Whatever goes wrong, the person is told that it is still there. */
async function isDeleted({ circleci }: FinishWorld, caller: Caller, value: Uint8Array): Promise<boolean> {
  const { uuid } = tokenShape(value);
  if (uuid === undefined) return false;
  try {
    await circleci.deleteToken(caller, { kind: 'personal' }, uuid);
    return true;
  } catch {
    return false;
  }
}

class OtherPerson extends AppError {}

function otherPerson(login: string, account: AccountRecord): AppError {
  return new OtherPerson(
    'refused',
    `The browser is signed in to CircleCI as ${login}, and this account is ${account.login}. The account was not changed.`,
    { hint: `Sign in to CircleCI as ${account.login} in the browser, or add ${login} as an account of its own.` },
  );
}

/** What became of the token that was made for nothing, and of the one before it. */
function withFate(error: unknown, { isDeleted, wanted }: { isDeleted: boolean; wanted: WantedSignIn }): unknown {
  if (!(error instanceof AppError)) return error;
  const fate = isDeleted
    ? 'The token that CircleCI had made was deleted again.'
    : 'The token that CircleCI had made, named Rondo, is still there: delete it on its page of personal tokens.';
  const before =
    wanted.client === undefined ? '' : ' If you allowed it as the same person, the token before it works no more.';
  return new AppError(error.code, `${error.message} ${fate}${before}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.details === undefined ? {} : { details: error.details }),
    cause: error,
  });
}
