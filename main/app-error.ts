import type { ErrorCode, ErrorDetails } from '../shared/contract/error-codes.ts';
import type { Failure, Result } from '../shared/contract/result.ts';
import type { PartFailure } from '../shared/contract/sync.ts';

/** What a failed act left as it was, as the last sentence of its message. */
const effectWords = {
  'nothing-changed': 'Nothing was changed.',
  'nothing-deleted': 'Nothing was deleted.',
  'vault-unharmed': 'Nothing in the vault was changed or lost.',
} as const;
export type Effect = keyof typeof effectWords;

/**
 * The one expected failure. Thrown anywhere in main, turned into a Result by dispatch.
 * Failures of the outside (CircleCI, disk) become one at the edge of their room, with `cause`; the cause never crosses.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: ErrorDetails | undefined;
  readonly happened: string;
  readonly effect: Effect | undefined;

  /**
   * The message says what happened and what was not lost; `hint` what to do next. Neither ever holds a value. `effect`: what
   * was not lost, said behind it. True of this act, and perhaps not of what it is a part of: that one asks for it.
   */
  constructor(
    code: ErrorCode,
    happened: string,
    more: {
      readonly hint?: string;
      readonly details?: ErrorDetails;
      readonly cause?: unknown;
      readonly effect?: Effect;
    } = {},
  ) {
    super(
      more.effect === undefined ? happened : `${happened} ${effectWords[more.effect]}`,
      more.cause === undefined ? undefined : { cause: more.cause },
    );
    this.name = 'AppError';
    this.code = code;
    this.hint = more.hint;
    this.details = more.details;
    this.happened = happened;
    this.effect = more.effect;
  }

  /** What went wrong with one of several. */
  toPartFailure(): PartFailure {
    const { code, message, hint } = this;
    return { code, message, ...(hint === undefined ? {} : { hint }) };
  }

  /** What may cross: code, message, hint, details; not the cause. */
  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** Answers after which the other side certainly did not do what it was asked for. */
const refusals: readonly ErrorCode[] = ['unauthorized', 'forbidden', 'refused', 'unsupported', 'rate-limited'];

export function isRefusal(code: ErrorCode): boolean {
  return refusals.includes(code);
}

/** The answer to a call. @throws AppError what the other side failed with */
export function answerOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, ...more } = result.error;
  throw new AppError(code, message, more);
}
