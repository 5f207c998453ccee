import { expect, test } from 'vitest';
import { giveAway } from '../../../main/core-process/byte-fields.ts';

const bytesOf = (message: unknown) => Object.values(message ?? {}).filter((field) => field instanceof Uint8Array);

test('what is given away is overwritten: the original, and the copy that was made of a shared buffer', () => {
  const pool = Uint8Array.of(9, 1, 2, 9);
  const input = { password: pool.subarray(1, 3), value: Uint8Array.of(3, 4), name: 'web' };
  const lent: Uint8Array[] = [];
  giveAway(input, (own) => {
    expect(own).toEqual({ password: Uint8Array.of(1, 2), value: Uint8Array.of(3, 4), name: 'web' });
    lent.push(...bytesOf(own));
  });
  expect(lent.map((bytes) => bytes.buffer.byteLength)).toEqual([2, 2]);
  for (const bytes of [...lent, ...bytesOf(input)]) expect([...bytes]).toEqual([0, 0]);
  expect([...pool]).toEqual([9, 0, 0, 9]);
});

test('also when it could not be sent', () => {
  const input = { password: Uint8Array.of(1, 2) };
  const refuse = () => {
    throw new Error('closed');
  };
  expect(() => giveAway(input, refuse)).toThrow('closed');
  expect([...input.password]).toEqual([0, 0]);
});

test('an own __proto__ key stays one', () => {
  const input = { ...JSON.parse('{"__proto__":{"a":1}}'), value: new Uint8Array(4).subarray(1) };
  Object.defineProperty(input, '__proto__', { value: { a: 1 }, enumerable: true });
  giveAway(input, (own) => {
    expect(Object.keys(own ?? {})).toContain('__proto__');
    expect(Object.getPrototypeOf(own)).toBe(Object.prototype);
  });
});

test.each([undefined, null, 7, 'text', [], Uint8Array.of(1)])('%j passes as it is', (message) => {
  giveAway(message, (own) => expect(own).toBe(message));
});
