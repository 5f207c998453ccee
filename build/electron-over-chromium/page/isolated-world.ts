import type { CloneCoding } from './clone.ts';
import type { Crossing, CrossingOptions } from './crossing.ts';
import type { WorldNames } from './main-world.ts';

export interface IsolatedWorldOptions {
  readonly names: WorldNames;
  /** Functions of this world only: the way out, and the way in. Their names mean nothing to the page. */
  readonly bindingName: string;
  readonly receiverName: string;
  readonly process: Readonly<Record<string, unknown>>;
}

/** What the window tells about itself, unasked. */
export interface WindowState {
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly isFocused: boolean;
  /** Minimised, or on a desktop that is not shown. */
  readonly isHidden: boolean;
  readonly isDark: boolean;
}

interface Parts {
  createCrossing(options: CrossingOptions): Crossing;
  createCloneCoding(): CloneCoding;
  /** The preload script, as CommonJS wraps a module. */
  preload(require: (name: string) => unknown, module: { exports: unknown }, exports: unknown, process: unknown): void;
}

type Listener = (event: object, ...args: unknown[]) => void;

/**
 * Runs in the preload's world of every new document, before any script of the page: gives the preload its `electron`,
 * and runs it. Its text is sent to the page, so that it may name nothing but what is passed to it and the DOM.
 */
export function isolatedWorld(options: IsolatedWorldOptions, parts: Parts): void {
  // As in Electron, a preload runs in the top frame only.
  if (window.top !== window) return;
  const coding = parts.createCloneCoding();
  const bind: unknown = Reflect.get(globalThis, options.bindingName);
  const crossing = parts.createCrossing({
    ownName: options.names.isolatedWorld,
    otherName: options.names.mainWorld,
    expose() {
      throw new Error('Only a preload script can expose.');
    },
  });
  const listeners = new Map<string, Listener[]>();
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let callCount = 0;

  function post(...message: readonly unknown[]): void {
    if (typeof bind === 'function') bind(coding.encode(message));
  }

  /** A member that nobody made is an error that says its name, and not `undefined`. */
  function named<T extends object>(name: string, members: T): T {
    return new Proxy(members, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target) && key !== 'then' && key !== 'toJSON') {
          throw new Error(`${name}.${key} is not implemented by the Electron API over Chromium`);
        }
        return Reflect.get(target, key);
      },
      set(_target, key) {
        throw new Error(`${name}.${String(key)} is not implemented by the Electron API over Chromium`);
      },
    });
  }

  function add(channel: string, listener: Listener): object {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  }

  function remove(channel: string, listener: Listener): object {
    const kept = [...(listeners.get(channel) ?? [])];
    const at = kept.lastIndexOf(listener);
    if (at !== -1) kept.splice(at, 1);
    listeners.set(channel, kept);
    return ipcRenderer;
  }

  const ipcRenderer = named('ipcRenderer', {
    invoke(channel: string, ...args: unknown[]) {
      return new Promise((resolve, reject) => {
        callCount += 1;
        post('invoke', channel, args, callCount);
        calls.set(callCount, { resolve, reject });
      });
    },
    on: add,
    removeListener: remove,
  });

  const electron = named('electron', {
    ipcRenderer,
    contextBridge: named('contextBridge', {
      exposeInMainWorld: (key: string, api: unknown) => crossing.expose(key, api),
    }),
  });

  const receive: unknown = (text: string) => {
    const message = coding.decode(text);
    if (!Array.isArray(message)) return;
    const [kind, first, second, third] = message;
    if (kind === 'event') {
      for (const listener of listeners.get(first) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...second);
      return;
    }
    const call = calls.get(first);
    calls.delete(first);
    if (second === true) call?.resolve(third);
    else call?.reject(new Error(String(third)));
  };
  Object.defineProperty(globalThis, options.receiverName, { value: receive });

  function tellState(): void {
    // A window that is just being made has no size yet.
    if (window.outerWidth === 0) return;
    const state: WindowState = {
      bounds: { x: window.screenX, y: window.screenY, width: window.outerWidth, height: window.outerHeight },
      isFocused: document.hasFocus(),
      isHidden: document.hidden,
      isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    };
    post('state', state);
  }
  for (const event of ['focus', 'blur', 'resize', 'load']) window.addEventListener(event, tellState);
  document.addEventListener('visibilitychange', tellState);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tellState);

  // Documents that no request brings cannot be stopped on their way: they are refused here, and told. This listener comes
  // before any of the page's.
  window.navigation.addEventListener('navigate', (event) => {
    const { url, sameDocument } = event.destination;
    if (sameDocument || event.downloadRequest !== null || !/^(about|blob|data):/.test(url)) return;
    event.preventDefault();
    post('navigate', url);
  });

  let lastInputMs = Number.NEGATIVE_INFINITY;
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
    window.addEventListener(
      event,
      ({ timeStamp, isTrusted }) => {
        // Idle time is asked for in whole seconds.
        if (!isTrusted || timeStamp - lastInputMs < 1000) return;
        lastInputMs = timeStamp;
        post('input');
      },
      { capture: true, passive: true },
    );
  }

  const module: { exports: unknown } = { exports: {} };
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  try {
    parts.preload(require, module, module.exports, named('process', options.process));
  } catch (error) {
    post('preload-error', error instanceof Error ? error.message : String(error));
    throw error;
  }
}
