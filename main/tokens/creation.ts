import { AppError } from '../app-error.ts';
import type {
  Caller,
  CircleCi,
  CreatedTokenResponse,
  Place,
  TokenRequest,
  TokenResponse,
} from '../circleci/circleci.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import { isCertainlyOurs, type LookedAgain } from './certainly-ours.ts';
import { notNew, stillListed, uncertain, unsettled } from './creation-failures.ts';
import { keyOf, type ListedPlace, withKeys } from './merge.ts';

/**
 * Creating cannot be repeated: a lost answer may have made a token whose value nobody will ever know. So before each
 * sending the ids of the place are written down, and after an unclear answer the list is read again. A single new row
 * that is certainly ours is deleted (its value is lost) and creating is tried once more. Anything less certain is left
 * alone and becomes `needs-attention` with the candidates: a teammate may have made a token of that name.
 */
export interface Attempt {
  /** When it left: a request may wait for its turn before. */
  readonly startedAt: string;
  /** When the list was asked for that `keysBefore` are of: it may be as old as that. */
  readonly listedAt?: string;
  /** When its answer was known to be lost; absent: whoever waited for it was cut off before. */
  readonly endedAt?: string;
  readonly keysBefore: readonly string[];
  /**
   * It was not certain which of these came of it. From then on nothing is deleted by itself: whoever decides keeps the
   * others, and one of them alone would look exactly like ours. Empty: the vault was restored since, and nothing is.
   */
  readonly disputed?: readonly string[];
  /** It was certain that this one came of it, and its deletion was asked for: once it is gone, it was that. */
  readonly orphan?: string;
}

/**
 * What there was of an attempt whose answer was lost: the id of a token, which was deleted; or nothing, and what the place
 * held before it. CircleCI may carry it out later still, and whoever reads the list next looks for that (`lateRows`).
 */
export type Settled = { readonly orphan: string } | { readonly unfound: readonly string[] };

export interface Creation {
  readonly caller: Caller;
  readonly place: Place;
  readonly request: TokenRequest;
  /**
   * Written down before the request leaves, and taken back (undefined) once it is certain that nothing of it is left.
   * Without `settled`: CircleCI refused it, or it never left.
   */
  readonly record: (attempt: Attempt | undefined, settled?: Settled) => void;
  /** An attempt that was cut off, from the journal. */
  readonly interrupted?: Attempt;
}

export interface CreationWorld {
  readonly circleci: CircleCi;
  readonly clock: Clock;
  readonly read: (caller: Caller, place: Place) => Promise<ListedPlace>;
  /** The list without those whose value the vault has: what was lost is none of them. */
  readonly withoutKnown: (list: ListedPlace) => ListedPlace;
  /** A token with this value was in the vault before anything was asked for. `keysBefore`: of its place. */
  readonly hasValue: (value: Uint8Array, keysBefore: readonly string[]) => boolean;
}

/**
 * Where a host does not make a personal token without an expiry, one that was asked for without gets this: what CircleCI
 * gives the tokens that it makes for signing in, and what Rondo's policy has for personal tokens.
 */
export const demandedLifetimeMs = 90 * 86_400_000;

/** @throws AppError needs-attention with `candidates`; otherwise nothing was created */
export async function createOnce(world: CreationWorld, creation: Creation): Promise<CreatedTokenResponse> {
  if (creation.interrupted !== undefined) await settleLater(world, creation, creation.interrupted);
  let asked = creation;
  let reason = '';
  for (let lost = 0; lost < 2; ) {
    const before = await readComplete(world, asked);
    const known = { listedAt: before.askedAt, keysBefore: withKeys(before.tokens).map(({ key }) => key) };
    let attempt: Attempt | undefined;
    const { record } = asked;
    const leaving = () => {
      const left = { ...known, startedAt: isoInstant(world.clock.now()) };
      record(left);
      attempt = left;
    };
    const answer = await send(world, asked, { leaving, hasLeft: () => attempt !== undefined });
    if (answer.outcome === 'created') {
      if (attempt !== undefined) refuseEarlier(world, asked, attempt, answer.token);
      return answer.token;
    }
    if (answer.outcome === 'expiry-demanded') {
      // A definite no to what is now asked for otherwise: nothing was made, and this happens once at most.
      const expiresAt = isoInstant(world.clock.now() + demandedLifetimeMs);
      asked = { ...asked, request: { ...asked.request, expiresAt } };
      continue;
    }
    reason = answer.reason;
    if (attempt === undefined) throw new Error('the answer to a request was lost that has not left');
    await settle(world, asked, { attempt: { ...attempt, endedAt: isoInstant(world.clock.now()) }, isAtOnce: true });
    lost += 1;
  }
  throw new AppError('network', `The answer to creating was lost twice (${reason}). CircleCI lists no token of it.`, {
    effect: 'nothing-changed',
    hint: 'Try again when CircleCI answers. Should one of that name be listed later, nobody has its value: delete it.',
  });
}

/**
 * What was there before is no new token, whatever CircleCI answers: taken for one, it would be deleted as its own
 * predecessor. Whether it made another one besides is looked for by whoever settles this attempt.
 * @throws AppError needs-attention
 */
function refuseEarlier(world: CreationWorld, creation: Creation, attempt: Attempt, token: CreatedTokenResponse): void {
  const { remoteId, value } = token;
  const isListed = remoteId !== undefined && attempt.keysBefore.includes(remoteId);
  if (!isListed && !world.hasValue(value, attempt.keysBefore)) return;
  value.fill(0);
  creation.record({ ...attempt, endedAt: isoInstant(world.clock.now()) });
  throw notNew(creation.request.label, remoteId);
}

interface Sending {
  /** Writes down what is about to happen. */
  readonly leaving: () => void;
  readonly hasLeft: () => boolean;
}

async function send(world: CreationWorld, creation: Creation, { leaving, hasLeft }: Sending) {
  try {
    return await world.circleci.createToken(creation.caller, creation.place, creation.request, leaving);
  } catch (error) {
    // Whatever may have made a token is an outcome and not an error, so there is nothing to look for after a restart.
    if (error instanceof AppError && hasLeft()) creation.record(undefined);
    if (mayDemandExpiry(creation, error)) return { outcome: 'expiry-demanded' } as const;
    throw error;
  }
}

/** The words of a refusal differ between hosts, so any "not like this" to a personal token without an expiry may be it. */
function mayDemandExpiry({ place, request }: Creation, error: unknown): boolean {
  if (place.kind !== 'personal' || request.expiresAt !== undefined) return false;
  const status = error instanceof AppError && error.code === 'refused' ? error.details?.status : undefined;
  return status === 400 || status === 422;
}

/** Makes certain that nothing of an unclear attempt is left. @throws AppError needs-attention, stopped: then it is not */
export async function settleLater(world: CreationWorld, creation: Creation, attempt: Attempt): Promise<void> {
  await settle(world, creation, { attempt, isAtOnce: false });
}

interface Unclear extends Pick<LookedAgain, 'isAtOnce'> {
  readonly attempt: Attempt;
}

async function settle(world: CreationWorld, creation: Creation, unclear: Unclear): Promise<void> {
  const { attempt } = unclear;
  let orphan: string | undefined;
  let known = attempt;
  const asked: Creation = {
    ...creation,
    record: (noted, settled) => {
      known = noted ?? known;
      creation.record(noted, settled);
    },
  };
  try {
    orphan = await removeOrphan(world, asked, unclear);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'needs-attention') throw error;
    // It is settled later: until then it must not be forgotten when the request ended.
    if (known.endedAt !== undefined) creation.record(known);
    throw unsettled(error, creation.request.label);
  }
  creation.record(undefined, orphan === undefined ? { unfound: attempt.keysBefore } : { orphan });
}

/** The id of the token that was deleted; undefined: nothing had come of the attempt. */
async function removeOrphan(world: CreationWorld, creation: Creation, unclear: Unclear): Promise<string | undefined> {
  const { attempt, isAtOnce } = unclear;
  const list = await readComplete(world, creation);
  if (attempt.orphan !== undefined && !list.tokens.some(({ remoteId }) => remoteId === attempt.orphan)) {
    return attempt.orphan;
  }
  const before = new Set(attempt.keysBefore);
  const candidates = withKeys(world.withoutKnown(list).tokens).filter(({ key }) => !before.has(key));
  // Of what was to be deleted it was certain before anything could be made beside it.
  const noted = candidates.find(({ remoteId }) => attempt.orphan !== undefined && remoteId === attempt.orphan);
  const [only] = noted === undefined ? candidates : [noted];
  if (only === undefined) return undefined;
  const isOurs =
    noted !== undefined ||
    (candidates.length === 1 &&
      isCertainlyOurs(only, creation.request, attempt, { nowMs: world.clock.now(), isAtOnce }));
  const certain = attempt.disputed === undefined && isOurs;
  if (!certain || only.remoteId === undefined) {
    creation.record({ ...attempt, disputed: candidates.map(({ key }) => key) });
    throw uncertain(candidates);
  }
  if (noted === undefined) creation.record({ ...attempt, orphan: only.remoteId });
  await world.circleci.deleteToken(creation.caller, creation.place, only.remoteId);
  const after = await readComplete(world, creation);
  if (after.tokens.some((token) => keyOf(token) === only.key)) throw stillListed();
  return only.remoteId;
}

/**
 * Rows that look like what an attempt asked for and are listed only since nothing of it was found. `own`: what it gave at
 * last.
 */
export function lateRows(
  list: ListedPlace,
  wanted: {
    readonly request: Pick<TokenRequest, 'label' | 'wireScope'>;
    readonly unfound: readonly string[];
    readonly own: Pick<TokenResponse, 'remoteId' | 'label' | 'createdAt'>;
  },
): string[] {
  const { request, own } = wanted;
  const before = new Set(wanted.unfound);
  const alike = withKeys(list.tokens).filter(
    ({ key, label, wireScope }) =>
      !before.has(key) &&
      label === request.label &&
      (request.wireScope === undefined || wireScope === undefined || wireScope === request.wireScope),
  );
  const isOwn = alike.findIndex(({ key }) => key === keyOf(own));
  // Without an id and its time one of them is its own, whichever.
  const left = alike.filter((_row, index) => index !== (isOwn < 0 && own.remoteId === undefined ? 0 : isOwn));
  return left.map(({ remoteId, createdAt }) => remoteId ?? `one without an id, of ${createdAt ?? 'unknown time'}`);
}

async function readComplete(world: CreationWorld, creation: Creation): Promise<ListedPlace> {
  const list = await world.read(creation.caller, creation.place);
  if (list.complete) return list;
  throw new AppError('server-error', 'CircleCI listed tokens that could not all be read, so nothing is created.', {
    effect: 'nothing-changed',
    hint: 'Try again later; see the activity for what was tried.',
  });
}
