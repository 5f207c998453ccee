import type { Readable, Writable } from 'node:stream';
import type { Commands, Events } from './devtools-protocol.ts';

/*
 * The DevTools protocol through two pipes: JSON messages, each ended by a NUL byte. Chromium reads its descriptor 3 and
 * writes its descriptor 4. No port is open, so no other program on the machine can speak to the browser; and Chromium
 * ends by itself when the pipe closes, however this process died.
 */

export type Dispose = () => void;

/** One conversation: with the browser itself, or with one page, frame or worker in it. */
export interface DevTools {
  /** @throws when Chromium refuses the command, or is gone */
  send<M extends keyof Commands>(method: M, params: Commands[M]['params']): Promise<Commands[M]['result']>;
  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void): Dispose;
  /** The conversation with a target that `Target.attachedToTarget` announced. */
  session(sessionId: string): DevTools;
}

interface Waiting {
  readonly method: string;
  resolve(result: object): void;
  reject(error: Error): void;
}

type Listener = (params: object) => void;

/** What Chromium sends: an answer to the command `id`, or an event. */
interface Message {
  readonly id?: number;
  readonly result?: object;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: object;
  readonly sessionId?: string;
}

export function openDevToolsPipe(toBrowser: Writable, fromBrowser: Readable): DevTools {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;
  let isClosed = false;

  function close(): void {
    isClosed = true;
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the browser is gone`));
    waiting.clear();
  }

  function receive(message: Message): void {
    if (message.id === undefined) {
      const heard = listeners.get(`${message.sessionId ?? ''} ${message.method}`) ?? [];
      for (const listener of [...heard]) listener(message.params ?? {});
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error !== undefined) call?.reject(new Error(`${call.method}: ${message.error.message}`));
    else call?.resolve(message.result ?? {});
  }

  function conversation(sessionId: string | undefined): DevTools {
    return {
      send: (method, params) =>
        new Promise((resolve, reject) => {
          if (isClosed) return reject(new Error(`${method}: the browser is gone`));
          lastId += 1;
          // The table of commands ties each method to its result.
          waiting.set(lastId, { method, resolve: (result) => resolve(result), reject });
          toBrowser.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
        }),
      on(event, listener) {
        const key = `${sessionId ?? ''} ${event}`;
        const own: Listener = (params) => listener(params as Parameters<typeof listener>[0]);
        const heard = listeners.get(key) ?? new Set();
        listeners.set(key, heard.add(own));
        return () => {
          heard.delete(own);
        };
      },
      session: conversation,
    };
  }

  // Writing to a browser that is just ending fails: whoever waits hears of it through `close`.
  toBrowser.on('error', close);
  fromBrowser.on('error', close);
  fromBrowser.on('close', close);
  readMessages(fromBrowser, receive);
  return conversation(undefined);
}

/** Chunks are kept until a message is whole: joining them one by one would copy a long screenshot many times. */
function readMessages(from: Readable, receive: (message: Message) => void): void {
  let pieces: Buffer[] = [];
  from.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      pieces.push(chunk.subarray(start, end));
      const text = Buffer.concat(pieces).toString('utf8');
      pieces = [];
      start = end + 1;
      receive(JSON.parse(text));
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  });
}
