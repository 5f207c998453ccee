/*
 * One encoding for everything that crosses between Node and a page: what a structured clone keeps, as text. Both sides
 * run this very function (the page gets its source text), so it may name nothing but what Node and Chromium share.
 *
 * Text: a JSON array of nodes; node 0 is `[value]`, the root.
 * A value is a string, a finite number, `true`, `false` or `null` as itself; otherwise
 *   ["undefined"]  ["number", "NaN" | "Infinity" | "-Infinity" | "-0"]  ["bigint", "12"]  ["node", index]
 * A node (an object with an identity, so that cycles and shared objects stay what they are) is one of
 *   ["object", key, value, …]  ["array", length, key, value, …]  ["map", key, value, …]  ["set", value, …]
 *   ["date", time | null]  ["regexp", source, flags]  ["error", name, message, stack]
 *   ["buffer", base64]  ["view", type, buffer, byteOffset, length]  ["boxed", primitive]
 *
 * `encode` starts with `structuredClone`: functions, symbols and prototypes end there by the platform's own rules.
 */

export interface CloneCoding {
  /** @throws Error "An object could not be cloned." for functions, symbols, promises and the like */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

type Json = string | number | boolean | null | readonly Json[];

export function createCloneCoding(): CloneCoding {
  const views = [
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
    ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView],
  ];
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

  function encode(value: unknown): string {
    const nodes: Json[] = [[]];
    const known = new Map<object, number>();

    function put(item: unknown): Json {
      if (item === undefined) return ['undefined'];
      if (item === null || typeof item === 'string' || typeof item === 'boolean') return item;
      if (typeof item === 'bigint') return ['bigint', String(item)];
      if (typeof item === 'number') {
        if (Object.is(item, -0)) return ['number', '-0'];
        return Number.isFinite(item) ? item : ['number', String(item)];
      }
      if (typeof item !== 'object') throw uncloneable();
      let index = known.get(item);
      if (index === undefined) {
        index = nodes.length;
        known.set(item, index);
        nodes.push([]);
        nodes[index] = nodeOf(item);
      }
      return ['node', index];
    }

    function nodeOf(item: object): Json {
      if (Array.isArray(item)) return ['array', item.length, ...pairs(item)];
      if (item instanceof Map) return ['map', ...[...item].flatMap(([key, held]) => [put(key), put(held)])];
      if (item instanceof Set) return ['set', ...[...item].map(put)];
      if (item instanceof Date) return ['date', Number.isNaN(item.getTime()) ? null : item.getTime()];
      if (item instanceof RegExp) return ['regexp', item.source, item.flags];
      if (item instanceof Error) return ['error', item.name, item.message, put(item.stack)];
      if (item instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(item))];
      const type = views.find((view) => item instanceof view);
      if (type !== undefined && ArrayBuffer.isView(item)) {
        const length = 'length' in item ? Number(item.length) : item.byteLength;
        return ['view', type.name, put(item.buffer), item.byteOffset, length];
      }
      const isBoxed = [Number, String, Boolean, BigInt].some((box) => item instanceof box);
      if (isBoxed) return ['boxed', put(item.valueOf())];
      if (Object.prototype.toString.call(item) !== '[object Object]') throw uncloneable();
      return ['object', ...pairs(item)];
    }

    function pairs(item: object): Json[] {
      return Object.entries(item).flatMap(([key, held]) => [key, put(held)]);
    }

    nodes[0] = [put(clone(value))];
    return JSON.stringify(nodes);
  }

  function decode(text: string): unknown {
    const nodes: Json[][] = JSON.parse(text);
    const made: unknown[] = [];

    function take(item: Json | undefined): unknown {
      if (!Array.isArray(item)) return item;
      const [kind, held] = item;
      if (kind === 'undefined') return undefined;
      if (kind === 'bigint') return BigInt(String(held));
      if (kind === 'number') return Number(held);
      const index = Number(held);
      if (!(index in made)) make(index);
      return made[index];
    }

    /** An object is known before its content is made: the content may hold it. */
    function make(index: number): void {
      const [kind, first, second, third, fourth] = nodes[index] ?? [];
      const rest = nodes[index]?.slice(1) ?? [];
      if (kind === 'array') fill(index, [], rest.slice(1)).length = Number(first);
      else if (kind === 'object') fill(index, {}, rest);
      else if (kind === 'map') {
        const map = new Map();
        made[index] = map;
        for (let at = 0; at < rest.length; at += 2) map.set(take(rest[at]), take(rest[at + 1]));
      } else if (kind === 'set') {
        const set = new Set();
        made[index] = set;
        for (const item of rest) set.add(take(item));
      } else if (kind === 'date') made[index] = new Date(first === null ? Number.NaN : Number(first));
      else if (kind === 'regexp') made[index] = new RegExp(String(first), String(second));
      else if (kind === 'buffer') made[index] = fromBase64(String(first));
      else if (kind === 'boxed') made[index] = Object(take(first));
      else if (kind === 'view') {
        const type = views.find((view) => view.name === first) ?? Uint8Array;
        const buffer = take(second);
        if (buffer instanceof ArrayBuffer)
          made[index] = Reflect.construct(type, [buffer, Number(third), Number(fourth)]);
      } else if (kind === 'error') {
        const error = new (errors.find((one) => one.name === first) ?? Error)(String(second));
        error.stack = String(take(third));
        made[index] = error;
      }
    }

    function fill<T extends object>(index: number, target: T, entries: readonly Json[]): T {
      made[index] = target;
      for (let at = 0; at < entries.length; at += 2) {
        // Defining and not assigning: a key may be `__proto__`.
        Object.defineProperty(target, String(entries[at]), {
          value: take(entries[at + 1]),
          ...{ writable: true, enumerable: true, configurable: true },
        });
      }
      return target;
    }

    return take(nodes[0]?.[0]);
  }

  function clone(value: unknown): unknown {
    try {
      return structuredClone(value);
    } catch {
      throw uncloneable();
    }
  }

  function uncloneable(): Error {
    return new Error('An object could not be cloned.');
  }

  function toBase64(bytes: Uint8Array): string {
    let text = '';
    // As many arguments as every engine takes at once.
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  }

  function fromBase64(base64: string): ArrayBuffer {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
  }

  return { encode, decode };
}
