import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legacyValue, newUuid, newValue, uuidInBase58 } from '../../../main/sandbox/value-shapes.ts';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const sixteenBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
const randomOf = (bytes: Uint8Array) => ({
  bytes: (length: number) => new Uint8Array(length).map((_, at) => bytes[at % 16] ?? 0),
});

/** Digit by digit, as one would by hand. */
function decode(text: string): string {
  let number = 0n;
  for (const digit of text) number = number * 58n + BigInt(alphabet.indexOf(digit));
  return number
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

test('a known id in base58', () => {
  expect(uuidInBase58('00000000-0000-0000-0000-000000000000')).toBe('1111111111111111');
  expect(uuidInBase58('00000000-0000-0000-0000-00000000003a')).toBe(`${'1'.repeat(15)}21`);
  expect(uuidInBase58('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('YcVfxkQb6JRzqk5kF2tNLv');
});

test('an id is a version 4 UUID', () => {
  fc.assert(
    fc.property(sixteenBytes, (bytes) => {
      expect(newUuid(randomOf(bytes))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }),
  );
});

test.each(['personal', 'project'] as const)('the middle of a %s value decodes to the token’s id', (kind) => {
  fc.assert(
    fc.property(sixteenBytes, (bytes) => {
      const random = randomOf(bytes);
      const id = newUuid(random);
      const [prefix, middle = '', tail] = newValue(kind, id, random).split('_');
      expect(prefix).toBe(kind === 'personal' ? 'CCIPAT' : 'CCIPRJ');
      expect(decode(middle)).toBe(id);
      expect(tail).toMatch(/^[0-9a-f]{40}$/);
    }),
  );
});

test('a legacy value is 40 hex digits', () => {
  expect(legacyValue(randomOf(new Uint8Array(16)))).toBe('0'.repeat(40));
});
