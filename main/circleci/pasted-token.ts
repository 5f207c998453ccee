import { AppError } from '../app-error.ts';

const header = 'circle-token:';

/**
 * A token as it comes out of a page, a `.env` file or a curl command: the value alone, as bytes. The bytes given are
 * overwritten, the answer is a copy.
 * @throws AppError invalid-input when nothing is left, or not one word of printable characters
 */
export function cleanToken(pasted: Uint8Array): Uint8Array {
  try {
    const value = stripped(pasted);
    if (value.length === 0)
      throw new AppError('invalid-input', 'There was no token in what was given. Nothing was done.');
    if (!value.every((byte) => byte > 0x20 && byte < 0x7f)) {
      throw new AppError('invalid-input', 'A token is one word of letters, digits and signs. Nothing was done.', {
        hint: 'Give the value alone.',
      });
    }
    // Not slice(): of a Buffer that is a view of the bytes overwritten below.
    return new Uint8Array(value);
  } finally {
    pasted.fill(0);
  }
}

/** Takes off whatever is around it until nothing more comes off: a header's name may be inside quotes or outside. */
function stripped(bytes: Uint8Array): Uint8Array {
  const trimmed = trim(bytes);
  const next = withoutHeader(withoutQuotes(trimmed));
  return next.length === trimmed.length ? trimmed : stripped(next);
}

function trim(bytes: Uint8Array): Uint8Array {
  // Space, tab and line breaks.
  const isSpace = (byte: number | undefined) => byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
  let start = startsWithByteOrderMark(bytes) ? 3 : 0;
  let end = bytes.length;
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}

/** Windows PowerShell puts one in front of what it pipes. */
function startsWithByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function withoutQuotes(bytes: Uint8Array): Uint8Array {
  const first = bytes[0];
  const isQuote = first === 0x22 || first === 0x27 || first === 0x60;
  return bytes.length >= 2 && isQuote && bytes.at(-1) === first ? bytes.subarray(1, -1) : bytes;
}

function withoutHeader(bytes: Uint8Array): Uint8Array {
  for (let index = 0; index < header.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
    if (lower !== header.charCodeAt(index)) return bytes;
  }
  return bytes.subarray(header.length);
}
