/**
 * What the bytes of a token's value tell without asking anybody. Since July 2023 a value is
 * `CCIPAT_<id in base58>_<40 hex>` (personal) or `CCIPRJ_…` (project); before, 40 hex characters for both kinds.
 *
 * Works on bytes, and turns only the public parts into strings (prefix, id, last four): strings cannot be overwritten.
 * Assumed, not documented: the middle part is the token's id, a UUID as one big number in base58.
 */
export interface TokenShape {
  readonly kind: 'personal' | 'project' | 'legacy' | 'unknown';
  /** The middle part as a UUID, where it is one. */
  readonly uuid?: string;
  /** The last four characters; of a value under eight characters only half, so that it is never given away. */
  readonly tail: string;
}

const prefixLength = 'CCIPAT_'.length;
const underscore = 0x5f;
const digestLength = 40;
/** 58^22 is just above 2^128: 22 characters, or 21 for small numbers. */
const uuidLengths = [21, 22];

export function tokenShape(value: Uint8Array): TokenShape {
  const tail = latin1(value.subarray(value.length - tailLength(value.length)));
  if (value.length === digestLength && value.every(isHexDigit)) return { kind: 'legacy', tail };
  const kind = kindOf(latin1(value.subarray(0, prefixLength)).toUpperCase());
  const body = value.subarray(prefixLength);
  // A later format may change what follows the prefix; the kind stays readable as long as it is longer than a word.
  if (kind === undefined || body.length < 20 || !body.every(isWordByte)) return { kind: 'unknown', tail };
  const separator = body.lastIndexOf(underscore);
  const digest = body.subarray(separator + 1);
  const uuid =
    digest.length === digestLength && digest.every(isHexDigit) && uuidLengths.includes(separator)
      ? uuidOfBase58(latin1(body.subarray(0, separator)))
      : undefined;
  return { kind, ...(uuid === undefined ? {} : { uuid }), tail };
}

/** Whether the bytes can be a header's value unchanged: printable ASCII without spaces. */
export function isSendable(value: Uint8Array): boolean {
  return value.length > 0 && value.length <= maxValueLength && value.every((byte) => byte > 0x20 && byte < 0x7f);
}

/** Servers take 8 KiB of headers; a value is 70 characters. */
const maxValueLength = 4_096;

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Undefined: not base58, or more than 128 bits. */
export function uuidOfBase58(text: string): string | undefined {
  let number = 0n;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return undefined;
    number = number * 58n + BigInt(digit);
  }
  if (text === '' || number >= 1n << 128n) return undefined;
  const hex = number.toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function kindOf(prefix: string): 'personal' | 'project' | undefined {
  if (prefix === 'CCIPAT_') return 'personal';
  return prefix === 'CCIPRJ_' ? 'project' : undefined;
}

function tailLength(length: number): number {
  return Math.min(4, Math.floor(length / 2));
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === underscore ||
    byte === 0x2d
  );
}

/** Bytes as text, without a copy of them in between that nobody would overwrite. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
