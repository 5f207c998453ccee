import { constants, createReadStream, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { AppError } from '../app-error.ts';
import { readBytes, readFirstLine } from './byte-streams.ts';

/**
 * Files and descriptors that a person names as input. Secrets come out as bytes, never as a string, and the buffers that
 * they passed through are overwritten. No message repeats a path: a password typed in the path's place must not be echoed.
 */
export interface InputFiles {
  /** The first line without its line end. @throws AppError not-found, usage, invalid-input, storage */
  firstLine(filePath: string): Promise<Uint8Array>;
  /** The same from an open descriptor, which is closed; standard input stays open, for what follows the line. */
  firstLineOfDescriptor(descriptor: number): Promise<Uint8Array>;
  /** A whole UTF-8 text. @throws AppError not-found, usage, invalid-input, storage */
  text(filePath: string, maxBytes: number): Promise<string>;
}

/** `isGiven`: whether whoever started the process opened this descriptor for it, and not the process for itself. */
export function createInputFiles(
  standardInput: () => Readable,
  isGiven: (descriptor: number) => boolean = () => true,
): InputFiles {
  return {
    firstLine: (filePath) => reading(() => once(openFile(filePath), readFirstLine)),
    firstLineOfDescriptor: (descriptor) =>
      reading(() => {
        if (!isGiven(descriptor)) throw notOpen();
        return descriptor === 0
          ? readFirstLine(openStream(descriptor, standardInput))
          : once(openStream(descriptor, fileStream), readFirstLine);
      }),
    text: (filePath, maxBytes) =>
      reading(() =>
        once(openFile(filePath), async (stream) => new TextDecoder().decode(await readBytes(stream, maxBytes))),
      ),
  };
}

/** A stream that nobody reads after this: it must not go on reading ahead. */
async function once<T>(stream: Readable, read: (stream: Readable) => Promise<T>): Promise<T> {
  try {
    return await read(stream);
  } finally {
    stream.destroy();
  }
}

function openFile(filePath: string): Readable {
  // Without O_NONBLOCK, opening a pipe that nobody writes to blocks a thread that even the process's end waits for.
  return openStream(openSync(filePath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)), fileStream);
}

const fileStream = (descriptor: number): Readable => createReadStream('', { fd: descriptor });

/** A pipe is polled, so that an interrupt ends the wait; anything else is read by `open`. */
function openStream(descriptor: number, open: (descriptor: number) => Readable): Readable {
  const stats = fstatSync(descriptor);
  if (stats.isDirectory()) throw new AppError('usage', 'A folder was named where a file is needed. Nothing was done.');
  if (isatty(descriptor)) {
    throw new AppError('usage', 'A terminal was named where a file is needed. Nothing was done.', {
      hint: 'leave the option away to be asked without an echo',
    });
  }
  // What the process itself waits on (epoll and the like) is neither of these, and reading it would end the process.
  const isReadable = stats.isFile() || stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice();
  if (!isReadable) throw notOpen();
  const isPolled = (stats.isFIFO() || stats.isSocket()) && descriptor !== 0;
  return isPolled ? new Socket({ fd: descriptor, readable: true, writable: false }) : open(descriptor);
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(error);
  }
}

function unreadable(cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('not-found', 'A file that was named does not exist. Nothing was done.', { cause });
  }
  if (code === 'EBADF' || code === 'ERR_OUT_OF_RANGE') {
    return notOpen(cause);
  }
  return new AppError('storage', 'A file that was named could not be read. Nothing was done.', {
    hint: 'check who may read it',
    cause,
  });
}

function notOpen(cause?: unknown): AppError {
  return new AppError('usage', 'The descriptor that was named is not open. Nothing was done.', { cause });
}

/**
 * Whether whoever started the process may have opened this descriptor for it. A pipe whose other end is here as well is
 * one through which the process speaks to itself. Known on Linux only; elsewhere whatever is open counts as given.
 */
export function wasGiven(descriptor: number): boolean {
  const own = pipeEnd(descriptor);
  if (own === undefined || process.platform !== 'linux') return true;
  const others = readdirSync('/proc/self/fd').map((name) => pipeEnd(Number(name)));
  return !others.some((other) => other?.pipe === own.pipe && other.writes !== own.writes);
}

/** Undefined: it is no pipe, or not open. */
function pipeEnd(descriptor: number): { readonly pipe: string; readonly writes: boolean } | undefined {
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFIFO()) return undefined;
    const [, flags = ''] = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    return { pipe: `${stats.dev} ${stats.ino}`, writes: (Number.parseInt(flags, 8) & constants.O_WRONLY) !== 0 };
  } catch {
    return undefined;
  }
}
