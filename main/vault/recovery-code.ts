// A recovery code: 256 random bits in a form that a person can copy by hand.
//
//   65 characters in 13 groups of 5, written with hyphens. Each group: 20 bits in four characters, most significant
//   first, and a check character. 13 groups hold 260 bits: the 256 of the key, then four zero bits.
//   alphabet: 0123456789ABCDEFGHJKMNPQRSTVWXYZ (Crockford's: no I, L, O, U); the value of a character is its place in it
//   check:    over GF(32) with x^5 + x^2 + 1: sum of value n times 2^n (n = 1 to 4), plus group number (0 to 12) times 2^5
//
// All weights differ and none is zero. So in one group one wrong character, or any two characters that changed places,
// is always found, and so are groups that changed places; what is worse than that is missed once in 32. The group is
// named, which is what a person needs in order to find the mistake. Reading forgives what cannot be misread: small
// letters, spaces and hyphens anywhere, and I, L and O for 1, 1 and 0. Everything stays bytes: the code is a key.
import { AppError } from '../app-error.ts';
import { keyBytes } from './arena.ts';

const alphabet = Buffer.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 'latin1');
const groups = 13;
const valuesInGroup = 4;
const charactersInGroup = valuesInGroup + 1;
const characters = groups * charactersInGroup;
const hyphen = 0x2d;

/** The code for these 32 bytes, as it is shown: 77 bytes of ASCII, which fit on one line. */
export function encodeRecoveryCode(key: Uint8Array): Uint8Array {
  const code = new Uint8Array(characters + groups - 1).fill(hyphen);
  const values = new Uint8Array(valuesInGroup);
  for (let group = 0; group < groups; group++) {
    for (let place = 0; place < valuesInGroup; place++) values[place] = fiveBits(key, group * valuesInGroup + place);
    const at = group * (charactersInGroup + 1);
    for (const [place, value] of values.entries()) code[at + place] = alphabet[value] ?? 0;
    code[at + valuesInGroup] = alphabet[checkOf(values, group)] ?? 0;
  }
  values.fill(0);
  return code;
}

/** The 32 bytes of a code as it was typed; the caller overwrites both. @throws AppError invalid-input, naming the group */
export function decodeRecoveryCode(typed: Uint8Array): Uint8Array {
  const values = valuesOf(typed);
  try {
    if (values.length !== characters) {
      throw mistyped(`has ${values.length} characters and should have ${characters} (13 groups of 5)`);
    }
    const wrong = [...Array(groups).keys()].filter((group) => !isGoodGroup(values, group)).map((group) => group + 1);
    if (wrong.length > 0) throw mistyped(`has a typing mistake in group ${wrong.join(', ')} of 13`);
    const key = new Uint8Array(keyBytes);
    for (let index = 0; index < groups * valuesInGroup; index++) {
      const value = values[index + Math.floor(index / valuesInGroup)] ?? 0;
      if (!putFiveBits(key, index, value)) {
        key.fill(0);
        throw mistyped('has a typing mistake in group 13 of 13');
      }
    }
    return key;
  } finally {
    values.fill(0);
  }
}

/** @throws AppError invalid-input at a sign that no code has */
function valuesOf(typed: Uint8Array): Uint8Array {
  const values = new Uint8Array(typed.length);
  let length = 0;
  for (const byte of typed) {
    if (byte === hyphen || byte === 0x20 || byte === 0x09) continue;
    const value = fromSign(byte);
    if (value === undefined) {
      values.fill(0);
      throw mistyped(`has a sign in group ${Math.floor(length / charactersInGroup) + 1} that no code has`);
    }
    values[length++] = value;
  }
  return values.subarray(0, length);
}

function fromSign(byte: number): number | undefined {
  const upper = byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
  if (upper === 0x4f) return 0;
  if (upper === 0x49 || upper === 0x4c) return 1;
  const value = alphabet.indexOf(upper);
  return value === -1 ? undefined : value;
}

function isGoodGroup(values: Uint8Array, group: number): boolean {
  const at = group * charactersInGroup;
  return checkOf(values.subarray(at, at + valuesInGroup), group) === values[at + valuesInGroup];
}

function checkOf(values: Uint8Array, group: number): number {
  let sum = timesPowerOfTwo(group, valuesInGroup + 1);
  for (const [place, value] of values.entries()) sum ^= timesPowerOfTwo(value, place + 1);
  return sum;
}

/** In GF(32): shifted left, and reduced by x^5 + x^2 + 1 whenever the sixth bit appears. */
function timesPowerOfTwo(value: number, power: number): number {
  let product = value;
  for (let step = 0; step < power; step++) product = product & 0x10 ? (product << 1) ^ 0x25 : product << 1;
  return product;
}

/** Five bits of the key from bit `5 * index` on; behind its end they are zero. */
function fiveBits(key: Uint8Array, index: number): number {
  const bit = 5 * index;
  const byte = Math.floor(bit / 8);
  const sixteen = ((key[byte] ?? 0) << 8) | (key[byte + 1] ?? 0);
  return (sixteen >> (11 - (bit % 8))) & 0x1f;
}

/** False: bits behind the key's end are not zero. */
function putFiveBits(key: Uint8Array, index: number, value: number): boolean {
  const bit = 5 * index;
  const byte = Math.floor(bit / 8);
  const sixteen = value << (11 - (bit % 8));
  key[byte] = (key[byte] ?? 0) | (sixteen >> 8);
  if (byte + 1 < key.length) key[byte + 1] = (key[byte + 1] ?? 0) | (sixteen & 0xff);
  return byte + 1 < key.length || (sixteen & 0xff) === 0;
}

function mistyped(what: string): AppError {
  return new AppError('invalid-input', `The recovery code ${what}.`, {
    effect: 'nothing-changed',
    hint: 'Compare it with what was written down, group by group. Small letters, spaces and hyphens do not matter.',
  });
}
