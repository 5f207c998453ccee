import { fstatSync, fsync, write } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { readBytes } from './byte-streams.ts';

const writeSome = promisify(write);
const syncToDisk = promisify(fsync);

/** Standard output or error. Writes keep their order. */
export interface Output {
  readonly isTerminal: boolean;
  columns(): number | undefined;
  /** Resolves when the system has all of the bytes; rejects when it took fewer. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when a file has them on disk; at once for a pipe or a terminal. */
  flush(): Promise<void>;
}

/** Standard input. */
export interface Input {
  readonly isTerminal: boolean;
  /** All of it. @throws AppError invalid-input when it is longer */
  read(maxBytes: number): Promise<Uint8Array>;
}

export function createOutput(descriptor: number, stream: () => Writable & { readonly columns?: number }): Output {
  const isTerminal = isatty(descriptor);
  const toFile = !isTerminal && isFileLike(descriptor);
  const send = toFile ? (bytes: Uint8Array) => writeToFile(descriptor, bytes) : streamWriter(stream);
  let last: Promise<void> = Promise.resolve();
  return {
    isTerminal,
    // A terminal without a size says 0.
    columns: () => (isTerminal ? stream().columns || undefined : undefined),
    write(bytes) {
      const turn = last.then(() => send(bytes));
      last = turn.catch(() => {});
      return turn;
    },
    async flush() {
      if (toFile) await syncIfPossible(descriptor);
    },
  };
}

export function createInput(stream: () => Readable): Input {
  return { isTerminal: isatty(0), read: (maxBytes) => readBytes(stream(), maxBytes) };
}

function isFileLike(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return stats.isFile() || stats.isCharacterDevice();
}

/** Node's own stream takes a short write to a nearly full disk for a whole one: a value written so would be lost. */
async function writeToFile(descriptor: number, bytes: Uint8Array): Promise<void> {
  let offset = 0;
  while (offset < bytes.length) {
    const { bytesWritten } = await writeSome(descriptor, bytes, offset);
    if (bytesWritten === 0) throw new Error('the file takes no more bytes');
    offset += bytesWritten;
  }
}

/** Pipes and terminals: the system's buffer may be full, and a Windows console needs its own encoding. */
function streamWriter(stream: () => Writable): (bytes: Uint8Array) => Promise<void> {
  let opened: Writable | undefined;
  return (bytes) =>
    new Promise((resolve, reject) => {
      if (opened === undefined) {
        opened = stream();
        // The callback below reports it; without a listener it would end the process.
        opened.on('error', () => {});
      }
      opened.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
}

async function syncIfPossible(descriptor: number): Promise<void> {
  try {
    await syncToDisk(descriptor);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // What has no disk behind it (/dev/null) cannot be synced, and need not be.
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EROFS' && code !== 'EPERM') throw error;
  }
}
