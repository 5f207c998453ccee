import { appendFileSync } from 'node:fs';
import { type Clock, isoInstant } from './clock.ts';
import type { Random } from './random.ts';

/** In the vault's folder. */
export const logFileName = 'rondo.log';

/** Where a bug leaves its trace. */
export interface Log {
  /** Writes the error's kind and where it arose, and answers the id that the person is told. */
  bug(error: unknown): string;
}

/**
 * A log that cannot tell secrets: of an error only its class, its code and the places in our code are written, never its
 * message, which may quote what it choked on. The file appears with the first bug.
 */
export function createFileLog(logPath: string, clock: Clock, random: Random): Log {
  return {
    bug(error) {
      const logId = Buffer.from(random.bytes(6)).toString('hex');
      const line = JSON.stringify({ at: isoInstant(clock.now()), logId, ...trace(error) });
      try {
        appendFileSync(logPath, `${line}\n`, { mode: 0o600 });
      } catch {
        // The disk may be what failed: the person still gets the id and the code of the act.
      }
      return logId;
    },
  };
}

function trace(error: unknown): { kind: string; code?: string; frames: string[]; cause?: object } {
  if (!(error instanceof Error)) return { kind: typeof error, frames: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: trace(error.cause) };
  return { kind: error.name, ...code, frames: frames.map((frame) => frame.trim()).slice(0, 12), ...cause };
}
