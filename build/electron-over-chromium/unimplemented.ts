import { EventEmitter } from 'node:events';

/*
 * Nothing is silently missing: whatever Electron has and this does not says its name when it is touched.
 */

export function notImplemented(name: string): Error {
  return new Error(`${name} is not implemented by the Electron API over Chromium`);
}

/** What languages, tools and Node's own emitters look for on any object, and take `undefined` for an answer. */
const lookedFor = new Set([
  'then',
  'toJSON',
  'inspect',
  'domain',
  'asymmetricMatch',
  'nodeType',
  '$$typeof',
  '__esModule',
]);

/** `members`, and an error for every other name. */
export function named<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target) && !lookedFor.has(key)) throw notImplemented(`${name}.${key}`);
      return Reflect.get(target, key, receiver);
    },
  });
}

/** Stands for a whole class or module of Electron: importing it is fine, using it is not. */
export function absent(name: string): object {
  const refuse = () => {
    throw notImplemented(name);
  };
  return new Proxy(class {}, { apply: refuse, construct: refuse, get: refuse, set: refuse });
}

/**
 * An emitter whose unknown members throw. The trap stands behind the prototypes, where only a failed look-up arrives, so
 * that instances stay ordinary objects.
 */
export class NamedEmitter extends EventEmitter {}

Object.setPrototypeOf(
  NamedEmitter.prototype,
  new Proxy(EventEmitter.prototype, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target) && !lookedFor.has(key)) {
        throw notImplemented(`${String(receiver?.constructor?.name)}.${key}`);
      }
      return Reflect.get(target, key, receiver);
    },
  }),
);

/** An event that a listener can prevent. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(fields: T): T & PreventableEvent {
  let isPrevented = false;
  return Object.defineProperty(
    {
      ...fields,
      defaultPrevented: false,
      preventDefault() {
        isPrevented = true;
      },
    },
    'defaultPrevented',
    { get: () => isPrevented, enumerable: true },
  );
}
