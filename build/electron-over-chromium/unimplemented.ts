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
  'href',
  'asymmetricMatch',
  'nodeType',
  '$$typeof',
  '__esModule',
]);

/** `members`, and an error for every other name, whether it is read or written. */
export function named<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (isMissing(target, key) && !lookedFor.has(key)) throw notImplemented(`${name}.${key}`);
      return Reflect.get(target, key, receiver);
    },
    set(target, key, value, receiver) {
      if (isMissing(target, key)) throw notImplemented(`${name}.${key}`);
      return Reflect.set(target, key, value, receiver);
    },
  });
}

/** Electron has no member that is named by a symbol: those are the language's own. */
function isMissing(target: object, key: string | symbol): key is string {
  return typeof key === 'string' && !(key in target);
}

/** Stands for a whole class or module of Electron: importing it is fine, using it is not. */
export function absent(name: string): object {
  const refuse = () => {
    throw notImplemented(name);
  };
  return new Proxy(class {}, {
    apply: refuse,
    construct: refuse,
    get(target, key) {
      if (typeof key === 'symbol') return Reflect.get(target, key);
      return lookedFor.has(key) ? undefined : refuse();
    },
    set: refuse,
  });
}

type Listen = Parameters<EventEmitter['on']>;

/** What Node itself listens to, and what it tells of listeners. */
const eventsOfNode = ['error', 'newListener', 'removeListener'];

/**
 * An emitter whose unknown members throw, and whoever waits for an event that never comes. The trap stands behind the
 * prototypes, where only a failed look-up arrives, so that instances stay ordinary objects.
 */
export class NamedEmitter extends EventEmitter {
  readonly #events: ReadonlySet<string | symbol>;

  /** @param events all that it ever tells, and those that are kept from happening */
  constructor(events: readonly string[]) {
    super();
    this.#events = new Set([...events, ...eventsOfNode]);
  }

  override on(...[event, listener]: Listen): this {
    this.#check(event);
    return super.on(event, listener);
  }

  override addListener(...[event, listener]: Listen): this {
    this.#check(event);
    return super.addListener(event, listener);
  }

  override prependListener(...[event, listener]: Listen): this {
    this.#check(event);
    return super.prependListener(event, listener);
  }

  /** `once` and its relative come by here as well. */
  #check(event: string | symbol): void {
    if (!this.#events.has(event)) throw notImplemented(`the event '${String(event)}' of ${this.constructor.name}`);
  }
}

Object.setPrototypeOf(
  NamedEmitter.prototype,
  new Proxy(Object.create(EventEmitter.prototype), {
    get(target, key, receiver) {
      if (isMissing(target, key) && !lookedFor.has(key)) throw notImplemented(memberOf(receiver, key));
      return Reflect.get(target, key, receiver);
    },
    set(target, key, value, receiver) {
      if (isMissing(target, key)) throw notImplemented(memberOf(receiver, key));
      return Reflect.set(target, key, value, receiver);
    },
  }),
);

function memberOf(emitter: unknown, key: string): string {
  return `${String(Object(emitter).constructor.name)}.${key}`;
}

/** An event that a listener can prevent. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(fields: T): T & PreventableEvent {
  let isPrevented = false;
  const own: PreventableEvent = {
    get defaultPrevented() {
      return isPrevented;
    },
    preventDefault() {
      isPrevented = true;
    },
  };
  return named('Event', Object.assign(own, fields));
}
