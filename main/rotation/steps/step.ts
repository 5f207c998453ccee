import type { Proof } from '../../../shared/contract/rotation.ts';
import { AppError } from '../../app-error.ts';
import type { Caller } from '../../circleci/circleci.ts';
import type { VaultTransaction } from '../../vault/vault.ts';
import type { RotationWorld } from '../ports.ts';
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
  readonly note: (change: { readonly attempt: RotationContent['attempt'] | undefined }) => void;
}

/** What a step achieved; written together with `also` in the transaction that marks it done. */
export interface StepResult {
  readonly detail: string;
  readonly proofs?: readonly Proof[];
  readonly change?: Partial<RotationContent>;
  readonly also?: (transaction: VaultTransaction) => Partial<RotationContent> | undefined;
}

export type RunStep = (context: StepContext) => Promise<StepResult>;

/** CircleCI is asked again for this long before a person is: a deletion may take a moment to reach every machine. */
const patienceMs = 60_000;
const pausesMs = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

/** Asks until the answer satisfies or a minute has passed; the last answer counts. */
export async function askUntil<Answer>(
  context: StepContext,
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
): Promise<Answer> {
  const { clock } = context.world;
  const endMs = clock.now() + patienceMs;
  for (const pauseMs of pausesMs) {
    const answer = await ask();
    if (satisfies(answer) || clock.now() + pauseMs > endMs || context.world.stopping()) return answer;
    await clock.sleep(pauseMs, context.caller.signal);
  }
  return ask();
}

/** Lends a copy of a value that the vault holds to `work`, as the token of a caller on the same host. */
export async function withValueOf<T>(
  context: StepContext,
  tokenId: string,
  work: (caller: Caller) => Promise<T>,
): Promise<T | undefined> {
  const value = context.world.session().withSecret(tokenId, (secret) => secret.slice());
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
