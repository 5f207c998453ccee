import type { Readable } from 'node:stream';
import { AppError } from '../app-error.ts';

/** A password of 10 000 characters at four bytes each fits; a file named by mistake does not. */
const maxLineBytes = 65_536;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The bytes before the first line feed (or the end), without a carriage return before it. What follows is put back into
 * the stream: a password and a token may arrive one after the other. The buffers read are overwritten.
 * @throws AppError invalid-input when the line is too long
 */
export async function readFirstLine(stream: Readable): Promise<Uint8Array> {
  const line = new Uint8Array(maxLineBytes + 1);
  let length = 0;
  let ended = false;
  try {
    for await (const chunk of chunksOf(stream)) {
      const end = chunk.indexOf(lineFeed);
      const part = end === -1 ? chunk : chunk.subarray(0, end);
      if (length + part.length > line.length) throw tooLong(maxLineBytes);
      line.set(part, length);
      length += part.length;
      part.fill(0);
      if (end === -1) continue;
      ended = true;
      if (end + 1 < chunk.length) stream.unshift(chunk.subarray(end + 1));
      break;
    }
    if (ended && line[length - 1] === carriageReturn) length -= 1;
    if (length > maxLineBytes) throw tooLong(maxLineBytes);
    return line.slice(0, length);
  } finally {
    line.fill(0);
  }
}

/** Everything until the end; the buffers read are overwritten. @throws AppError invalid-input when there is more */
export async function readBytes(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(maxBytes);
  let length = 0;
  try {
    for await (const chunk of chunksOf(stream)) {
      if (length + chunk.length > maxBytes) throw tooLong(maxBytes);
      bytes.set(chunk, length);
      length += chunk.length;
      chunk.fill(0);
    }
    return bytes.slice(0, length);
  } finally {
    bytes.fill(0);
  }
}

async function* chunksOf(stream: Readable): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('expected a stream of bytes');
    yield chunk;
  }
}

function tooLong(maxBytes: number): AppError {
  return new AppError('invalid-input', `The input is longer than ${maxBytes} bytes. Nothing was done.`);
}
