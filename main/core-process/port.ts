import type { ChildProcess } from 'node:child_process';
import type { MessagePort } from 'node:worker_threads';

/**
 * Two ends of a pipe that carries structured clones in order. Everything that this room needs to know of a message
 * port, a child process or, with a window, a utility process.
 */
export interface Port {
  /** Copies `message` before it returns. @throws what the carrier throws for a value that cannot be cloned */
  post(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other end is gone: closed, ended or killed. Told once. */
  onClose(listener: () => void): void;
  close(): void;
}

export function messagePort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', listener);
    },
    onClose: (listener) => {
      port.once('close', listener);
    },
    close: () => port.close(),
  };
}

/** A child process (or, inside it, `process`), forked with `serialization: 'advanced'`: with JSON, bytes arrive as objects. */
export function processPort(end: ChildProcess | NodeJS.Process): Port {
  return {
    // The callback takes the failure to write to an end that just closed, which would otherwise end this process; whoever
    // waits for an answer hears of it through `onClose`.
    post: (message) => {
      end.send?.(message, undefined, undefined, () => {});
    },
    onMessage: (listener) => {
      end.on('message', listener);
    },
    onClose: (listener) => {
      end.once('disconnect', listener);
    },
    close: () => {
      if (end.connected) end.disconnect?.();
    },
  };
}

/** What a utility process sees of whoever started it: Electron's `process.parentPort`, as far as it is used here. */
export interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  once(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  postMessage(message: object): void;
}

/** The parent never closes its end: it ends the process. */
export function parentPort(parent: ParentPort): Port {
  return {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) => {
      parent.on('message', ({ data }) => listener(data));
    },
    onClose: () => {},
    close: () => {},
  };
}
