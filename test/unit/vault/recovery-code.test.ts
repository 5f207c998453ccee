import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { decodeRecoveryCode, encodeRecoveryCode } from '../../../main/vault/recovery-code.ts';
import { fromHex } from '../../support/sealing.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
const shown = (key: Uint8Array) => Buffer.from(encodeRecoveryCode(key)).toString('latin1');
const read = (code: string) => decodeRecoveryCode(Buffer.from(code, 'latin1'));

function messageOf(code: string): string {
  try {
    read(code);
    return 'read';
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return error.message;
    throw error;
  }
}

/** The position in the shown code of a place in a group. */
const at = (group: number, place: number) => group * 6 + place;

function withSign(code: string, position: number, sign: string): string {
  return code.slice(0, position) + sign + code.slice(position + 1);
}

describe('A recovery code', () => {
  // Computed by hand of the format: 20 bits, then the check, group by group.
  test('is written as the format says', () => {
    expect(shown(new Uint8Array(32))).toBe(
      [
        '00000',
        '00005',
        '0000A',
        '0000F',
        '0000M',
        '0000H',
        '0000Y',
        '0000V',
        '0000D',
        '00008',
        '00007',
        '00002',
        '0000S',
      ].join('-'),
    );
    expect(shown(fromHex('08'.padEnd(64, '0'))).slice(0, 5)).toBe('10002');
    expect(shown(fromHex(`${'0'.repeat(62)}01`)).slice(-5, -1)).toBe('000G');
  });

  test('gives back every key', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(read(shown(key))).toEqual(key);
      }),
    );
  });

  test('forgives what cannot be misread', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const code = shown(key);
        const copied = code.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' \t').toLowerCase();
        expect(read(copied)).toEqual(key);
        expect(read(code.replaceAll('1', 'I').replaceAll('0', 'O').replaceAll('-', ''))).toEqual(key);
      }),
    );
  });

  test('names the group of any one wrong character', () => {
    const place = fc.record({ group: fc.nat(12), place: fc.nat(4), sign: fc.constantFrom(...alphabet) });
    fc.assert(
      fc.property(anyKey, place, (key, { group, place, sign }) => {
        const code = shown(key);
        fc.pre(code[at(group, place)] !== sign);
        expect(messageOf(withSign(code, at(group, place), sign))).toBe(
          `The recovery code has a typing mistake in group ${group + 1} of 13. Nothing was changed.`,
        );
      }),
    );
  });

  test('names the group in which two characters changed places', () => {
    const places = fc.record({ group: fc.nat(12), one: fc.nat(4), other: fc.nat(4) });
    fc.assert(
      fc.property(anyKey, places, (key, { group, one, other }) => {
        const code = shown(key);
        const [first = '', second = ''] = [code[at(group, one)], code[at(group, other)]];
        fc.pre(first !== second);
        const swapped = withSign(withSign(code, at(group, one), second), at(group, other), first);
        expect(messageOf(swapped)).toContain(`in group ${group + 1} of 13`);
      }),
    );
  });

  test('names both groups that changed places', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(12), fc.nat(12), (key, one, other) => {
        fc.pre(one < other);
        const groups = shown(key).split('-');
        [groups[one], groups[other]] = [groups[other] ?? '', groups[one] ?? ''];
        expect(messageOf(groups.join('-'))).toContain(`in group ${one + 1}, ${other + 1} of 13`);
      }),
    );
  });

  test('is refused when it is too short, too long, or holds what no code holds', () => {
    const code = shown(new Uint8Array(32));
    expect(messageOf('')).toContain('has 0 characters and should have 65');
    expect(messageOf(code.slice(0, -1))).toContain('has 64 characters');
    expect(messageOf(`${code}0`)).toContain('has 66 characters');
    expect(messageOf(withSign(code, at(6, 2), 'U'))).toContain('has a sign in group 7 that no code has');
    expect(messageOf(withSign(code, at(0, 0), '\n'))).toContain('has a sign in group 1');
    // The last four bits stand behind the key: 1 there has a right check character, and is still no code.
    expect(messageOf(`${code.slice(0, at(12, 0))}0001W`)).toContain('group 13');
  });
});
