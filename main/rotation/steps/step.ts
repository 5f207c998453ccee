import type { Proof } from '../../../shared/contract/rotation.ts';
import { AppError } from '../../app-error.ts';
import type { Caller } from '../../circleci/circleci.ts';
import type { VaultTransaction } from '../../vault/vault.ts';
import type { CreationAttempt, RotationWorld } from '../ports.ts';
import type { RotationContent, RotationRecord } from '../rotation-record.ts';

/** What a step works with. The journal already says that it runs. */
export interface StepContext {
  readonly world: RotationWorld;
  readonly caller: Caller;
  readonly record: RotationRecord;
  readonly userId: string;
  /** The token is the one that Rondo itself signs in with. */
  readonly signsIn: boolean;
  /** Writes a change to the journal before the step ends. */
  readonly note: (change: { readonly attempt: CreationAttempt | undefined; readonly orphan?: string }) => void;
}

/** What a step achieved; written together with `also` in the transaction that marks it done. */
export interface StepResult {
  readonly detail: string;
  readonly proofs?: readonly Proof[];
  readonly change?: Partial<RotationContent>;
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

async function pause({ world, caller }: StepContext, pauseMs: number): Promise<void> {
  if (world.stopping()) throw stopped();
  try {
    await world.clock.sleep(pauseMs, caller.signal);
  } catch (cause) {
    throw stopped(cause);
  }
}

export function stopped(cause?: unknown): AppError {
  return new AppError('stopped', 'The rotation was stopped. It is written down and can go on.', {
    hint: 'rondo rotation resume',
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
    return await work({ ...context.caller, token: value });
  } finally {
    value.fill(0);
  }
}

export function replacementOf(record: RotationRecord): string {
  if (record.replacement !== undefined) return record.replacement;
  throw new Error('a step after create ran without a replacement');
}

export function needsAttention(message: string, hint: string): AppError {
  return new AppError('needs-attention', message, { hint });
}
