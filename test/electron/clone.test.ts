import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCloneCoding } from '../../build/electron-over-chromium/page/clone.ts';

const { encode, decode } = createCloneCoding();
const there = (value: unknown) => decode(encode(value));

describe('the encoding of what crosses', () => {
  test.each([
    ['undefined', undefined],
    ['null', null],
    ['NaN', Number.NaN],
    ['minus zero', -0],
    ['infinities', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['a big number', 2n ** 80n],
    ['dates, also none', [new Date(12), new Date(Number.NaN)]],
    ['a regular expression', /a(b)\n/giu],
    ['a map of maps', new Map<unknown, unknown>([[new Date(1), new Map([[undefined, 1n]])]])],
    ['a set', new Set([1, 'a', undefined])],
    ['bytes', new Uint8Array([0, 127, 255])],
    ['other views', [new Float64Array([1.5, Number.NaN]), new BigInt64Array([-1n]), new Uint8ClampedArray([300])]],
    ['a buffer', new Uint8Array([1, 2]).buffer],
    ['members that are undefined', { a: undefined, b: [undefined] }],
    ['text that looks like the encoding', ['undefined', ['node', 1], { node: ['bigint', '1'] }]],
    ['a lone surrogate and a NUL', '\ud800\0'],
  ])('keeps %s', (_name, value) => {
    expect(there(value)).toStrictEqual(value);
  });

  test('keeps any nesting of plain data', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(there(value)).toEqual(structuredClone(value));
      }),
      { numRuns: 300 },
    );
  });

  test('keeps cycles, and one object as one object', () => {
    const shared = { name: 'shared' };
    const value: Record<string, unknown> = { first: shared, second: [shared] };
    value.self = value;
    const copy = there(value);
    expect(copy).toEqual(value);
    expect(copy).toMatchObject({ self: copy });
    const { first, second } = copy as { first: unknown; second: unknown[] };
    expect(second[0]).toBe(first);
  });

  test('keeps the window that a view has on its buffer', () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    const copy = there({ whole, part: whole.subarray(1, 3) });
    expect(copy).toEqual({ whole, part: new Uint8Array([2, 3]) });
    const { whole: one, part } = copy as { whole: Uint8Array; part: Uint8Array };
    expect(part.buffer).toBe(one.buffer);
  });

  test('keeps holes in an array, and a key named __proto__', () => {
    const holes = [1];
    holes[3] = 4;
    expect(there(holes)).toStrictEqual(holes);
    const copy = there(JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(Object.keys(Object(copy))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  test('keeps of an error what a structured clone keeps', () => {
    const copy = there(Object.assign(new TypeError('wrong'), { code: 'DROPPED' }));
    expect(copy).toBeInstanceOf(TypeError);
    expect(copy).toMatchObject({ name: 'TypeError', message: 'wrong' });
    expect(copy).not.toHaveProperty('code');
  });

  test('drops the prototype of a class', () => {
    class Point {
      x = 1;
    }
    expect(Object.getPrototypeOf(there(new Point()))).toBe(Object.prototype);
  });

  test.each([
    ['a function', () => {}],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
    ['a function deep inside', { a: [new Map([[1, () => {}]])] }],
  ])('refuses %s in the words of Electron', (_name, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });
});
