import type * as z from 'zod';
import type { Calls, Handlers } from '../shared/contract/kit.ts';
import { failure, type Result, success } from '../shared/contract/result.ts';
import { AppError } from './app-error.ts';
import type { Log } from './platform/log.ts';

/**
 * The single door into the core. Window, command line and tests all come through it, whatever carries them.
 * It guarantees: only a channel of the contract is answered (an own key, so `__proto__` and `constructor` are not), a
 * handler sees only input that its schema accepted, the answer is always a Result, and a bug's message never crosses.
 */
export type Dispatch = (channel: unknown, input: unknown) => Promise<Result<unknown>>;

type AnyHandler = (input: unknown) => unknown;

export function createDispatch<C extends Calls>(contract: C, handlers: Handlers<C>, log: Log): Dispatch {
  const table = new Map<string, AnyHandler>(Object.entries(handlers));
  return async (channel, raw) => {
    const handler = typeof channel === 'string' ? table.get(channel) : undefined;
    const spec = typeof channel === 'string' && Object.hasOwn(contract, channel) ? contract[channel] : undefined;
    if (handler === undefined || spec === undefined) {
      return failure({ code: 'invalid-input', message: 'There is no such call. Nothing was done.' });
    }
    try {
      const parsed = spec.input.safeParse(raw);
      if (!parsed.success) return failure({ code: 'invalid-input', message: whatIsWrong(parsed.error) });
      return success(await handler(parsed.data));
    } catch (error) {
      return failure(error instanceof AppError ? error.toFailure() : bug(error, log));
    }
  };
}

function bug(error: unknown, log: Log) {
  const logId = log.bug(error);
  return {
    code: 'internal',
    message: `Rondo made a mistake and stopped this act. The vault keeps what was written before. Log id ${logId}.`,
    details: { logId },
  } as const;
}

/** Names the fields and what they should be; never echoes what came in, which may be a pasted secret. */
function whatIsWrong(error: z.ZodError): string {
  const problems = error.issues.map((issue) => {
    const field = issue.path.join('.');
    const problem = issue.code === 'unrecognized_keys' ? 'has an unknown field' : issue.message;
    return field === '' ? problem : `${field}: ${problem}`;
  });
  return `${[...new Set(problems)].slice(0, 5).join('; ')}. Nothing was done.`;
}
