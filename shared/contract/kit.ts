import * as z from 'zod';
import { errorCodes } from './error-codes.ts';
import type { Result } from './result.ts';

/** One call of the contract: what goes in, what comes out. */
export interface CallSpec<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export function call<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): CallSpec<Input, Output> {
  return { input, output };
}

/** A call without input takes an empty object, so that every transport carries exactly one value. */
export const nothing = z.strictObject({});

/**
 * Secret bytes (a password, a token's value): UTF-8 without a line end. Bytes and not a string, because bytes can be
 * overwritten; whoever receives them copies what it keeps and overwrites the rest.
 */
export const secretBytes = z.custom<Uint8Array>(
  (bytes) => bytes instanceof Uint8Array && bytes.length <= maxSecretBytes,
  {
    error: 'is not bytes, or longer than any password or token',
  },
);

/** A password of 10 000 characters at four bytes each fits; a pasted file does not. */
export const maxSecretBytes = 65_536;

export const errorCode = z.enum(errorCodes);

/** ISO 8601, UTC, as in every date that Rondo shows or stores. */
export const instant = z.iso.datetime();

export type Calls = Readonly<Record<string, CallSpec>>;
export type Events = Readonly<Record<string, z.ZodType>>;

export type Input<C extends CallSpec> = z.output<C['input']>;
export type Output<C extends CallSpec> = z.output<C['output']>;

/** What the core must implement: one handler a call. A missing or surplus one does not compile. */
export type Handlers<C extends Calls> = {
  readonly [Channel in keyof C]: (input: Input<C[Channel]>) => Output<C[Channel]> | Promise<Output<C[Channel]>>;
};

/** What a front door holds: the same calls, answered by a Result. */
export type Client<C extends Calls> = <Channel extends keyof C & string>(
  channel: Channel,
  input: z.input<C[Channel]['input']>,
) => Promise<Result<Output<C[Channel]>>>;

/** A whole new value of one thing, never a command. Revisions grow by one: apply an event only if it is newer. */
export type EventOf<E extends Events> = {
  readonly [Name in keyof E & string]: {
    readonly event: Name;
    readonly revision: number;
    readonly value: z.output<E[Name]>;
  };
}[keyof E & string];

/** Stops listening. May be called twice. */
export type Dispose = () => void;
