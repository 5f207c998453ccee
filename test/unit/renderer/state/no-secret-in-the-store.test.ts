import { expect, expectTypeOf, test } from 'vitest';
import type { RondoState } from '../../../../renderer/state/store.ts';

type Bytes = Uint8Array | ArrayBuffer | DataView;

/** Everything that the store keeps: its actions are ways through, not places. */
type Kept = {
  [Name in keyof RondoState as RondoState[Name] extends (...given: never[]) => unknown
    ? never
    : Name]: RondoState[Name];
};

/** True if bytes can be anywhere within `T`. A password, a pasted token and a revealed value travel only as bytes. */
type HoldsBytes<T, Depth extends unknown[] = []> = Depth['length'] extends 8
  ? false
  : T extends Bytes
    ? true
    : T extends (...given: never[]) => unknown
      ? false
      : T extends ReadonlyMap<infer Key, infer Value>
        ? HoldsBytes<Key, [...Depth, 0]> | HoldsBytes<Value, [...Depth, 0]>
        : T extends ReadonlySet<infer Item>
          ? HoldsBytes<Item, [...Depth, 0]>
          : T extends readonly (infer Item)[]
            ? HoldsBytes<Item, [...Depth, 0]>
            : T extends object
              ? { [Name in keyof T]: HoldsBytes<T[Name], [...Depth, 0]> }[keyof T]
              : false;

test('the type of the store has no place for bytes', () => {
  expectTypeOf<Extract<HoldsBytes<Kept>, true>>().toEqualTypeOf<never>();
});

test('the question itself finds bytes wherever they hide', () => {
  expectTypeOf<Extract<HoldsBytes<{ a: { b: readonly { c?: Uint8Array }[] } }>, true>>().toEqualTypeOf<true>();
  expectTypeOf<Extract<HoldsBytes<ReadonlyMap<string, Uint8Array>>, true>>().toEqualTypeOf<true>();
  expectTypeOf<Extract<HoldsBytes<{ is: 'a' } | { is: 'b'; value: Uint8Array }>, true>>().toEqualTypeOf<true>();
  expect.assertions(0);
});
