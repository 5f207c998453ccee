import { keyOf, type ListedPlace, type ListedToken } from './merge.ts';
import type { TokensWorld } from './ports.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

type Known = Pick<TokensWorld, 'session' | 'accounts'>;

/**
 * A list without the tokens whose value this vault has or had, also by way of another account or as what an account signs
 * in with: such a token is no orphan, as nobody knows an orphan's value, and it is none that a person has just made by hand.
 */
export function withoutKnownValues({ session, accounts }: Known, list: ListedPlace): ListedPlace {
  const known = new Map(
    tokenStore
      .list(session())
      .flatMap((token) => (token.remoteId === undefined ? [] : [[token.remoteId, token] as const])),
  );
  const isKnown = ({ remoteId, fingerprint }: ListedToken) => {
    const token = remoteId === undefined ? undefined : known.get(remoteId);
    if (token === undefined) return false;
    // Where the list shows values in clear, a sync has given every row its fingerprint.
    return hadValue(token) || (token.fingerprint !== undefined && fingerprint === undefined);
  };
  const signsIn = signInRows(accounts, known);
  return { ...list, tokens: list.tokens.filter((row) => !isKnown(row) && !signsIn(row)) };
}

/**
 * Which rows an account may sign in with. A person can give it a new token while another one is made, and taking that for
 * an orphan would sign Rondo out. So its last four characters are enough where the value has no id in it.
 */
function signInRows(accounts: Known['accounts'], known: ReadonlyMap<string, TokenRecord>) {
  const signIns = accounts.present().map(({ id, signInToken }) => ({ signInToken, ...accounts.signInShape(id) }));
  return ({ remoteId, fingerprint, tail }: ListedToken) =>
    (fingerprint !== undefined && accounts.signedInEarlier(fingerprint)) ||
    signIns.some(
      (one) =>
        (one.fingerprint !== undefined && one.fingerprint === fingerprint) ||
        (remoteId !== undefined &&
          (one.uuid === remoteId || (one.signInToken !== undefined && one.signInToken === known.get(remoteId)?.id))) ||
        (one.uuid === undefined && one.tail !== undefined && one.tail === tail),
    );
}

/**
 * Whether the vault knew this value before a token of `keysBefore`'s place was asked for. Where a list shows values in
 * clear, a sync may know the new one already, by a row that was not there before.
 */
export function isKnownValue({ session, accounts }: Known, value: Uint8Array, keysBefore: readonly string[]): boolean {
  const fingerprint = session().fingerprint(value);
  const before = new Set(keysBefore);
  return (
    tokenStore
      .list(session())
      .some((token) => token.fingerprint === fingerprint && (hadValue(token) || before.has(keyOf(token)))) ||
    accounts.present().some(({ id }) => accounts.signInShape(id)?.fingerprint === fingerprint) ||
    accounts.signedInEarlier(fingerprint)
  );
}

/** This vault has or had its value, whatever lists show. */
export function hadValue({ held, heldAt, takenAt, rotatedFrom, rotatedTo }: TokenRecord): boolean {
  return held !== 'none' || [heldAt, takenAt, rotatedFrom, rotatedTo].some((fact) => fact !== undefined);
}
