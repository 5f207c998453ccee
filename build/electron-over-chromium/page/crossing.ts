/*
 * How values cross between the preload's world and the page's world, by the rules of Electron's contextBridge: functions
 * become functions that call the other side, promises become promises, an error keeps its message and nothing else, plain
 * objects and arrays are copied member by member, and everything else is a structured clone.
 *
 * Both worlds run this function. They share nothing but the document: each hears events of a random name on it, which the
 * other dispatches. Dispatching is synchronous, and Chromium clones an event's detail when another world reads it. The
 * functions of the document are taken before any script of the page runs, so that the page cannot listen in by replacing
 * them. Should it learn the names nevertheless, it can reach what was exposed to it anyway, and nothing else.
 */

/** A value on its way. `function` and `promise` carry a number that the side they come from gave them. */
export type Crossed =
  | readonly ['value', unknown]
  | readonly ['error', string]
  | readonly ['array', readonly Crossed[]]
  | readonly ['object', readonly (readonly [string, Crossed])[]]
  | readonly ['function', number]
  | readonly ['promise', number];

type Message =
  | readonly ['call', number, readonly Crossed[]]
  | readonly ['settle', number, boolean, Crossed]
  | readonly ['expose', string, Crossed]
  | readonly ['answer', Answer];
type Answer = readonly [isFine: boolean, Crossed];

export interface CrossingOptions {
  readonly ownName: string;
  readonly otherName: string;
  /** What this side does when the other exposes something; it throws when it cannot. */
  expose(key: string, api: unknown): void;
}

export interface Crossing {
  /** @throws Error with the other side's message */
  expose(key: string, api: unknown): void;
}

export function createCrossing(options: CrossingOptions): Crossing {
  const { apply } = Reflect;
  const { addEventListener, dispatchEvent } = document;
  const NewEvent = CustomEvent;
  const readDetail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get;

  // Every function that crossed is kept until its document goes: nobody tells when the other side has forgotten it.
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const numbers = new WeakMap<object, number>();
  const unsettled = new Map<number, (isFine: boolean, value: unknown) => void>();
  let promiseCount = 0;
  let answer: Answer | undefined;

  function tell(message: Message): void {
    apply(dispatchEvent, document, [new NewEvent(options.otherName, { detail: message })]);
  }

  function ask(message: Message): unknown {
    const outer = answer;
    answer = undefined;
    tell(message);
    const [isFine, crossed]: Answer = answer ?? [false, ['error', 'The other side of the context bridge is gone.']];
    answer = outer;
    const value = unpack(crossed, false);
    if (!isFine) throw value;
    return value;
  }

  function hear(message: Message): void {
    if (message[0] === 'answer') answer = message[1];
    else if (message[0] === 'settle') {
      const [, number, isFine, crossed] = message;
      unsettled.get(number)?.(isFine, unpack(crossed, false));
      unsettled.delete(number);
    } else tell(['answer', attempt(() => act(message))]);
  }

  function act(message: Exclude<Message, readonly ['answer' | 'settle', ...unknown[]]>): unknown {
    if (message[0] === 'expose') return options.expose(message[1], unpack(message[2], true));
    const called = functions[message[1]];
    return called?.(...message[2].map((argument) => unpack(argument, false)));
  }

  function attempt(act: () => unknown): Answer {
    try {
      return [true, pack(act(), 0)];
    } catch (error) {
      return [false, ['error', messageOf(error)]];
    }
  }

  function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
  }

  function pack(value: unknown, depth: number): Crossed {
    // Electron's own limit, and its words.
    if (depth > 1000) throw new Error('Electron contextBridge recursion depth exceeded.');
    if (typeof value === 'function') return ['function', numberOf(value)];
    if (value instanceof Promise) return ['promise', watch(value)];
    if (value instanceof Error) return ['error', value.message];
    if (Array.isArray(value)) return ['array', value.map((item) => pack(item, depth + 1))];
    if (Object.prototype.toString.call(value) === '[object Object]') {
      return ['object', Object.entries(Object(value)).map(([key, held]) => [key, pack(held, depth + 1)])];
    }
    try {
      return ['value', structuredClone(value)];
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  function numberOf(value: object): number {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, functions.length);
    return functions.push((...args) => apply(value as () => unknown, undefined, args)) - 1;
  }

  function watch(promise: Promise<unknown>): number {
    promiseCount += 1;
    const number = promiseCount;
    const settle = (isFine: boolean, value: unknown) => {
      const [isPacked, crossed] = attempt(() => value);
      tell(['settle', number, isFine && isPacked, crossed]);
    };
    promise.then(
      (value) => settle(true, value),
      (reason) => settle(false, reason),
    );
    return number;
  }

  function unpack(crossed: Crossed, isFrozen: boolean): unknown {
    const finish = <T>(value: T): T => (isFrozen ? Object.freeze(value) : value);
    const [kind, held] = crossed;
    if (kind === 'value') return held;
    if (kind === 'error') return new Error(held);
    if (kind === 'array') return finish(held.map((item) => unpack(item, isFrozen)));
    if (kind === 'function') {
      return finish((...args: unknown[]) => ask(['call', held, args.map((argument) => pack(argument, 0))]));
    }
    if (kind === 'promise') {
      return new Promise((resolve, reject) => {
        unsettled.set(held, (isFine, value) => (isFine ? resolve(value) : reject(value)));
      });
    }
    const copy = {};
    for (const [key, value] of held) {
      // Defining and not assigning: a key may be `__proto__`.
      Object.defineProperty(copy, key, {
        value: unpack(value, isFrozen),
        ...{ writable: true, enumerable: true, configurable: true },
      });
    }
    return finish(copy);
  }

  apply(addEventListener, document, [
    options.ownName,
    (event: Event) => hear(readDetail === undefined ? undefined : apply(readDetail, event, [])),
  ]);
  return {
    expose: (key, api) => {
      ask(['expose', key, pack(api, 0)]);
    },
  };
}
