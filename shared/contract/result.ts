import type { ErrorCode, ErrorDetails } from './error-codes.ts';

/** What a failed call says: what happened, what was not lost (`message`), what to do next (`hint`). */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly details?: ErrorDetails;
}

/** The answer to every call, over every transport. A plain object, so that a structured clone keeps it whole. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(error: Failure): Result<never> {
  return { ok: false, error };
}
