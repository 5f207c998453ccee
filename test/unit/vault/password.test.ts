import { describe, expect, test } from 'vitest';
import { chooseCost } from '../../../main/vault/calibrate.ts';
import { normalisePassword } from '../../../main/vault/password.ts';
import { encodePasswordParameters, parsePasswordParameters } from '../../../main/vault/password-parameters.ts';

const mebibyte = 1024 * 1024;
const encode = (text: string) => new TextEncoder().encode(text);

describe('a password', () => {
  test('is the same however its letters were typed', () => {
    expect(normalisePassword(encode('pa\u0308ss'))).toEqual(encode('päss'));
    expect(normalisePassword(encode('\uff41\ufb01'))).toEqual(encode('afi'));
  });

  test('keeps spaces, letter case and a byte order mark', () => {
    expect(normalisePassword(encode(' A b '))).toEqual(encode(' A b '));
    expect(normalisePassword(encode('\ufeffä'))).toEqual(encode('\ufeffä'));
  });

  test('that is not UTF-8 is refused', () => {
    for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0x41, 0xc0, 0x80]]) {
      expect(() => normalisePassword(Uint8Array.from(bytes))).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      );
    }
  });

  test('is copied, so that the copy can be overwritten', () => {
    const original = encode('secret');
    normalisePassword(original).fill(0);
    expect(original).toEqual(encode('secret'));
  });
});

describe('the cost of a new vault', () => {
  test('is 256 MiB where that takes a second', () => {
    expect(chooseCost(250)).toEqual({ operations: 3, memoryBytes: 256 * mebibyte });
  });

  test('is less memory on a slow machine, never less than the floor', () => {
    expect(chooseCost(500)).toEqual({ operations: 3, memoryBytes: 128 * mebibyte });
    expect(chooseCost(60_000)).toEqual({ operations: 3, memoryBytes: 64 * mebibyte });
  });

  test('is more passes on a fast machine, up to what is opened', () => {
    expect(chooseCost(125)).toEqual({ operations: 6, memoryBytes: 256 * mebibyte });
    const fastest = chooseCost(0);
    expect(fastest.operations).toBe(10);
    expect(
      parsePasswordParameters(encodePasswordParameters({ cost: fastest, salt: new Uint8Array(16) }))?.cost,
    ).toEqual(fastest);
  });

  test('outside of what is opened is not read', () => {
    const parse = (operations: number, memoryBytes: number) =>
      parsePasswordParameters(
        encodePasswordParameters({ cost: { operations, memoryBytes }, salt: new Uint8Array(16) }),
      );
    expect(parse(1, 8 * mebibyte)).toBeDefined();
    expect(parse(10, 1024 * mebibyte)).toBeDefined();
    expect(parse(0, 8 * mebibyte)).toBeUndefined();
    expect(parse(11, 8 * mebibyte)).toBeUndefined();
    expect(parse(1, 8 * mebibyte - 1024)).toBeUndefined();
    expect(parse(1, 1025 * mebibyte)).toBeUndefined();
  });
});
