import type { Remedy } from '../../../shared/contract/remedies.ts';
import type { Proof } from '../../../shared/contract/rotation.ts';
import { AppError, type Effect } from '../../app-error.ts';
import type { Caller } from '../../circleci/circleci.ts';
import type { VaultTransaction } from '../../vault/vault.ts';
import type { Answer } from '../by-hand.ts';
import type { CreationAttempt, ReadList, RotationWorld, SettledCreation } from '../ports.ts';
import type { RotationContent, RotationRecord } from '../rotation-record.ts';
import { isByHand } from '../waiting.ts';

/** What a step works with. The journal already says that it runs. */
export interface StepContext {
  readonly world: RotationWorld;
  readonly caller: Caller;
  readonly record: RotationRecord;
  readonly userId: string;
  /** This run begins with it: what came before was done in an earlier run. */
  readonly isEntry: boolean;
  /** A person has done it: what is left is to look. */
  readonly answer?: Answer;
  /** Writes a change to the journal before the step ends, with whatever must be true at the same moment. */
  readonly write: (
    point: string,
    change: (record: RotationRecord) => RotationRecord,
    also: (transaction: VaultTransaction, before: RotationRecord) => void,
  ) => void;
  /** Writes down what is known of a creation. */
  readonly note: (change: {
    readonly attempt: CreationAttempt | undefined;
    readonly settled?: SettledCreation;
  }) => void;
}

/** What a step achieved; written together with `also` in the transaction that marks it done. */
export interface StepResult {
  readonly detail: string;
  readonly proofs?: readonly Proof[];
  readonly change?: Partial<RotationContent>;
  /** It is not done yet: a person has to do something first. */
  readonly needsPerson?: true;
  /** The old token is not gone at all: it is to be deleted once more. */
  readonly deletesAgain?: true;
  readonly also?: (transaction: VaultTransaction) => Partial<RotationContent> | undefined;
}

export type RunStep = (context: StepContext) => Promise<StepResult>;

/** A minute in all, before a person is asked: a deletion may take a moment to reach every machine of CircleCI. */
const pausesMs = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

/** Asks until the answer satisfies or a minute has passed; the last answer counts. @throws AppError stopped */
export async function askUntil<Answer>(
  context: StepContext,
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
): Promise<Answer> {
  for (const pauseMs of pausesMs) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    await pause(context, pauseMs);
  }
  return ask();
}

/**
 * The list of the rotation's place; undefined: the host has none. One that it keeps to itself counts as none where there
 * was none from the start, where a person makes the new token, and where a person has seen the old one go; else it is a
 * failure, as it was had before.
 */
export async function listIfAny({
  world,
  record,
  caller,
  answer,
}: Pick<StepContext, 'world' | 'record' | 'caller' | 'answer'>): Promise<ReadList | undefined> {
  try {
    return await world.tokens.list(record.account, caller, record.place);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isForgiven = record.keysBefore === undefined || isByHand(record, 'create') || answer?.act === 'delete';
    if (error.code === 'unsupported' || (isForgiven && isKeptBack(error))) return undefined;
    throw error;
  }
}

/** The same, for whoever is to believe a person instead: one that was had before may be refused for a moment only. */
export async function listIfAnyStill(
  context: StepContext,
  satisfies: (list: ReadList) => boolean = () => true,
): Promise<ReadList | undefined> {
  const wasHad = context.record.keysBefore !== undefined;
  return askUntil(
    context,
    () => listIfAny(context),
    (list) => (list === undefined ? !wasHad : satisfies(list)),
  );
}

/** The account's token works, but not for this; CircleCI says 404 also where it hides something. */
function isKeptBack({ code }: AppError): boolean {
  return code === 'forbidden' || code === 'not-found';
}

async function pause({ world, caller, record }: StepContext, pauseMs: number): Promise<void> {
  if (world.stopping(record)) throw stopped();
  try {
    await world.clock.sleep(pauseMs, caller.signal);
  } catch (cause) {
    throw stopped(cause);
  }
}

export function stopped(cause?: unknown): AppError {
  return new AppError('stopped', 'The rotation was stopped. It is written down and can go on.', {
    hint: 'Resume it when you like.',
    details: { remedy: 'rotation.resume' satisfies Remedy },
    cause,
  });
}

/** Lends a copy of a value that the vault holds to `work`, as the token of a caller on the same host. */
export async function withValueOf<T>(
  context: StepContext,
  tokenId: string,
  work: (caller: Caller) => Promise<T>,
): Promise<T | undefined> {
  const value = context.world.session().withSecret(tokenId, (secret) => new Uint8Array(secret));
  if (value === undefined) return undefined;
  try {
    return await withValue(context, value, work);
  } finally {
    value.fill(0);
  }
}

/** The same with a value that somebody else overwrites. */
export async function withValue<T>(
  { caller }: StepContext,
  value: Uint8Array,
  work: (caller: Caller) => Promise<T>,
): Promise<T> {
  return work({ ...caller, token: value });
}

export function replacementOf(record: RotationRecord): string {
  if (record.replacement !== undefined) return record.replacement;
  throw new Error('a step after create ran without a replacement');
}

/** What a failure to prove the new one means for what used the old one. */
export function oldTokenStands({ record }: Pick<StepContext, 'record'>): string {
  if (record.retiredAt !== undefined) return 'The old token is deleted already; the new one is in the vault.';
  return record.deletionLost === undefined
    ? 'The old token was not touched.'
    : 'What came of an earlier deletion of the old token is not known: it may be gone as well.';
}

export function needsAttention(happened: string, hint: string, effect?: Effect): AppError {
  return new AppError('needs-attention', happened, { hint, ...(effect === undefined ? {} : { effect }) });
}
