import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSendable, tokenShape, uuidOfBase58 } from '../../../main/circleci/token-shape.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const digest = '0123456789abcdef0123456789abcdef01234567';
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** The other direction, written independently: repeated division by 58. */
function base58(uuid: string): string {
  let number = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = `${alphabet[Number(number % 58n)]}${text}`;
  return text;
}

describe('the shape of a token', () => {
  test('a personal token gives its id and its tail', () => {
    const uuid = 'c1a2b3c4-d5e6-4f70-8192-a3b4c5d6e7f8';
    expect(tokenShape(bytes(`CCIPAT_${base58(uuid)}_${digest}`))).toEqual({ kind: 'personal', uuid, tail: '4567' });
  });

  test('a known vector: the largest UUID is YcVfxkQb6JRzqk5kF2tNLv', () => {
    expect(uuidOfBase58('YcVfxkQb6JRzqk5kF2tNLv')).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff');
    expect(uuidOfBase58('YcVfxkQb6JRzqk5kF2tNLw')).toBeUndefined();
  });

  test('every UUID of 21 or 22 characters comes back, under either kind and any case of the prefix', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom('CCIPAT_', 'ccipat_', 'CCIPRJ_', 'CciPrj_'), (uuid, prefix) => {
        const middle = base58(uuid);
        fc.pre(middle.length >= 21);
        const shape = tokenShape(bytes(`${prefix}${middle}_${digest}`));
        expect(shape).toEqual({
          kind: prefix.toLowerCase() === 'ccipat_' ? 'personal' : 'project',
          uuid,
          tail: '4567',
        });
      }),
    );
  });

  test.each([
    ['a middle part with a character that base58 lacks', `CCIPAT_0000000000000000000000_${digest}`],
    ['a middle part that is too short for an id', `CCIPAT_abcdefghijkmnopqrst_${digest}`],
    ['a middle part above 128 bits', `CCIPAT_zzzzzzzzzzzzzzzzzzzzzz_${digest}`],
    ['a digest of another length', `CCIPAT_${'A'.repeat(22)}_${digest}ff`],
    ['a later format', 'CCIPAT_v2_somethingLongerThanAWord'],
  ])('%s still is a personal token, without an id', (_what, text) => {
    expect(tokenShape(bytes(text))).toEqual({ kind: 'personal', tail: text.slice(-4) });
  });

  test('40 hex digits are a legacy token of either kind', () => {
    expect(tokenShape(bytes(digest))).toEqual({ kind: 'legacy', tail: '4567' });
  });

  test.each([
    [digest.slice(1)],
    [`${digest}0`],
    ['CCIPAT_'],
    ['CCIPAT_short'],
    [`CCIPAT_${'A'.repeat(22)} ${digest}`],
    [`ghp_${digest}`],
    [''],
  ])('%j is unknown', (text) => {
    expect(tokenShape(bytes(text)).kind).toBe('unknown');
  });

  test('the tail never gives away more than half of a value', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (value) => {
        const { tail } = tokenShape(value);
        expect(tail.length).toBeLessThanOrEqual(Math.min(4, value.length / 2));
      }),
    );
  });

  test('only printable ASCII without spaces can be sent', () => {
    expect(isSendable(bytes(digest))).toBe(true);
    for (const text of ['', ' ', `${digest}\n`, `${digest}\r\nX: y`, 'tökén', '\u0000', '\u007f', 'x'.repeat(4_097)]) {
      expect(isSendable(bytes(text)), JSON.stringify(text)).toBe(false);
    }
  });
});
