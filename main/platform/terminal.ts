import { openSync } from 'node:fs';
import { isatty, ReadStream } from 'node:tty';
import { AppError } from '../app-error.ts';
import { createSecretLine } from './secret-line.ts';

/** The person at the keyboard. */
export interface Terminal {
  /** Asks without an echo and answers the bytes typed. @throws AppError stopped, usage, invalid-input */
  readSecret(question: string): Promise<Uint8Array>;
}

interface TerminalWorld {
  readonly standardInput: () => ReadStream;
  /** Where the question is written: standard error, as standard output may be a file or a pipe. */
  readonly ask: (text: string) => Promise<void>;
  /** In raw mode Ctrl+C is a byte: this makes the signal of it that it would have been. */
  readonly interrupt: () => unknown;
}

/**
 * The terminal, where a person is at one: standard input, or where that carries something else, the controlling terminal.
 * With neither input nor error on a terminal nobody would see the question, and a script would wait for ever: undefined.
 */
export function findTerminal(world: TerminalWorld): Terminal | undefined {
  const keyboard = isatty(0) ? world.standardInput() : isatty(2) ? openControllingTerminal() : undefined;
  if (keyboard === undefined) return undefined;
  return { readSecret: (question) => readSecret(keyboard, question, world) };
}

function openControllingTerminal(): ReadStream | undefined {
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    // No controlling terminal (a service, another system): the caller says what else there is.
    return undefined;
  }
}

async function readSecret(keyboard: ReadStream, question: string, world: TerminalWorld): Promise<Uint8Array> {
  const line = createSecretLine();
  keyboard.setRawMode(true);
  try {
    await world.ask(question);
    return await new Promise<Uint8Array>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        const state = line.type(chunk);
        chunk.fill(0);
        if (state === 'more') return;
        keyboard.off('data', listen);
        if (state === 'done') resolve(line.bytes());
        else if (state === 'end') reject(new AppError('usage', 'Nothing was typed. Nothing was done.'));
        else if (state === 'full') reject(new AppError('invalid-input', 'That is too long. Nothing was done.'));
        else {
          // First the signal: whoever listens must know of it before the prompt fails.
          world.interrupt();
          reject(new AppError('stopped', 'Stopped by Ctrl+C. Nothing was done.'));
        }
      };
      keyboard.on('data', listen);
      keyboard.resume();
    });
  } finally {
    line.wipe();
    keyboard.setRawMode(false);
    keyboard.pause();
    await world.ask('\n');
  }
}
