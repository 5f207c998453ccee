import { isLessThanFull } from '../../shared/as-asked.ts';
import { AppError } from '../app-error.ts';
import type { Place } from '../circleci/circleci.ts';
import { cleanToken } from '../circleci/pasted-token.ts';
import { tokenShape } from '../circleci/token-shape.ts';
import { hadValue } from './known-values.ts';
import { keyOf, type ListedPlace, type ListedToken, withKeys } from './merge.ts';
import type { TokensWorld } from './ports.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

/**
 * Values that a person brings. What can be told without asking anybody is told here: the shape, the kind, and whether it
 * is a value that the vault knows already. No message repeats any of it.
 */

/** A copy of the value alone; what was given is overwritten. @throws AppError invalid-input */
export function cleanPasted(pasted: Uint8Array, kind: Place['kind']): Uint8Array {
  const value = cleanToken(pasted);
  const shape = tokenShape(value).kind;
  if (shape === kind || shape === 'legacy') return value;
  value.fill(0);
  throw invalid(
    shape === 'unknown'
      ? 'That does not have the shape of a CircleCI token.'
      : `That is a ${shape} token, not a ${kind} one.`,
    kind === 'personal'
      ? 'Paste a personal token, from User Settings.'
      : 'Paste a token of the project, from its settings.',
  );
}

/** @throws AppError invalid-input when the value is that of a token which exists already */
export function refuseKnown(world: TokensWorld, value: Uint8Array, old: TokenRecord): void {
  const session = world.session();
  const fingerprint = session.fingerprint(value);
  const { uuid, tail } = tokenShape(value);
  const isOld =
    (uuid !== undefined && uuid === old.remoteId) ||
    old.fingerprint === fingerprint ||
    // Without an id on either side, only its end can tell.
    (uuid === undefined && old.remoteId === undefined && old.tail === tail);
  const isKnown =
    isOld ||
    tokenStore
      .list(session)
      .some((token) => (token.fingerprint === fingerprint || isNamed(token, uuid)) && !mayBeNew(token, old)) ||
    world.accounts.present().some(({ id }) => world.accounts.signInShape(id)?.fingerprint === fingerprint) ||
    world.accounts.signedInEarlier(fingerprint);
  if (isKnown) {
    throw invalid(
      'The vault knows that value already: it is not the one of a new token.',
      'Make a new token, and give its value.',
    );
  }
}

/** The id inside a value names its token. */
function isNamed({ remoteId }: TokenRecord, uuid: string | undefined): boolean {
  return uuid !== undefined && remoteId === uuid;
}

/**
 * Nothing says that a value is not the old token's, after `refuseKnown`: neither has an id that could tell, and of the old
 * value nothing is known.
 */
export function mayBeOld(value: Uint8Array, old: TokenRecord): boolean {
  const { uuid, tail } = tokenShape(value);
  if (old.fingerprint !== undefined || (uuid !== undefined && old.remoteId !== undefined)) return false;
  return old.tail === undefined || old.tail === tail;
}

/** A list that shows values in clear has shown this one, and of its own place it tells whether it was there before. */
function mayBeNew(token: TokenRecord, old: TokenRecord): boolean {
  return !hadValue(token) && token.kind === old.kind && token.project === old.project;
}

export interface WantedRow {
  readonly value: Uint8Array;
  readonly fingerprint: string;
  readonly label: string;
  readonly wireScope?: string;
  readonly access?: string;
  /** It is to do all that its user may: of the old one, no access level is known. */
  readonly isFull?: boolean;
  /** Keys of the rows that were there before; absent: nobody knows, and none is told by being new. */
  readonly before?: readonly string[];
}

/** `isItsOwn`: the id inside the value, the value or its end says so; else it is only the one new row of that label. */
export interface NewRow {
  readonly row: ListedToken;
  readonly isItsOwn: boolean;
}

/**
 * The row of a token that was made by hand: by the id inside its value, by its value or its end where the list shows
 * them, else the only new one of that label. Undefined: there is none yet.
 * @throws AppError invalid-input (it is none that is wanted), needs-attention (which one it is cannot be told)
 */
export function newRowOf(list: ListedPlace, wanted: WantedRow): NewRow | undefined {
  const { uuid, tail } = tokenShape(wanted.value);
  const rows = withKeys(list.tokens);
  const before = new Set(wanted.before);
  const own =
    rows.find((row) => row.fingerprint === wanted.fingerprint) ??
    rows.find((row) => uuid !== undefined && row.remoteId === uuid);
  if (own !== undefined && before.has(own.key)) {
    throw invalid('That token was there before this rotation began.', 'Make a new token, and give its value.');
  }
  const mayBeIts = ({ fingerprint }: ListedToken) => fingerprint === undefined || fingerprint === wanted.fingerprint;
  const fresh = wanted.before === undefined ? [] : rows.filter((row) => !before.has(row.key) && mayBeIts(row));
  const byTail = fresh.filter((row) => row.tail === tail);
  const alike = fresh.filter(
    ({ label, tail: shown }) => label === wanted.label && (shown === undefined || shown === tail),
  );
  const candidates = own === undefined ? (byTail.length > 0 ? byTail : alike) : [own];
  const [row] = candidates;
  if (candidates.length > 1) {
    throw new AppError('needs-attention', `${candidates.length} new tokens may be the one that was made by hand.`, {
      effect: 'nothing-changed',
      hint: 'Delete on CircleCI what nobody uses, then give the value again.',
    });
  }
  if (
    row !== undefined &&
    wanted.wireScope !== undefined &&
    row.wireScope !== undefined &&
    row.wireScope !== wanted.wireScope
  ) {
    throw invalid(
      'The new token has another scope than the old one.',
      'Delete it on CircleCI, make one of the same scope, and give its value.',
    );
  }
  if (row === undefined) return undefined;
  if (wanted.access !== undefined && row.access !== undefined && row.access !== wanted.access) {
    throw invalid(
      'The new token has another access than the old one.',
      'Delete it on CircleCI, make one of the same access, and give its value.',
    );
  }
  if (wanted.isFull && isLessThanFull(row.access)) {
    throw invalid(
      `The new token has only the access ${row.access}, and the old one may do all that its user may.`,
      'Delete it on CircleCI, make one with the access admin, and give its value.',
    );
  }
  const { key: _key, ...listed } = row;
  return { row: listed, isItsOwn: own !== undefined || row.tail === tail };
}

/**
 * Whether a list shows a token. By CircleCI's id that is certain. Without one a row of the same label and time may be a
 * twin, and only that there is none proves something.
 */
export function presenceIn(list: ListedPlace, token: TokenRecord): 'listed' | 'absent' | 'cannot-tell' {
  const { remoteId, label, createdAt } = token;
  const isThere =
    remoteId === undefined
      ? list.tokens.some((row) => row.label === label && row.createdAt === createdAt)
      : list.tokens.some((row) => row.remoteId === remoteId);
  if (remoteId === undefined && (createdAt === undefined || token.ordinal !== undefined)) return 'cannot-tell';
  if (isThere) return 'listed';
  return list.complete ? 'absent' : 'cannot-tell';
}

/**
 * The inventory's row of the same token, which a sync may have added in the meantime. One that holds a value is not taken:
 * without an id it may be a twin.
 */
export function sameRow(
  known: readonly TokenRecord[],
  listed: Omit<ListedToken, 'fingerprint'>,
): TokenRecord | undefined {
  if (listed.remoteId === undefined && listed.createdAt === undefined) return undefined;
  return known.find(
    (record) => record.revokedAt === undefined && record.held === 'none' && keyOf(record) === keyOf(listed),
  );
}

export function invalid(problem: string, hint: string): AppError {
  return new AppError('invalid-input', problem, { effect: 'nothing-changed', hint });
}
