import { EventEmitter } from 'node:events';
import { app, BrowserWindow, type ClipboardItem, session, type UtilityProcess, utilityProcess } from 'electron';
import type { AppWorld } from '../../main/electron/start-app.ts';
import { failingCalls } from './failing-core.ts';

/** What the tests put in place of the clock and the desktop. Everything else of the app is the real thing. */
export interface Doubles
  extends Pick<AppWorld, 'clock' | 'clipboard' | 'keychain' | 'power' | 'openExternal' | 'showError' | 'fork'> {
  /** Does what a control request says and answers what it asks for. @throws Error for anything else */
  obey(command: DoublesCommand): Promise<unknown>;
  /** What is there now, as JSON: the text on the clipboard, and whether a core's process runs. */
  whatIsLeft(): string;
  /** Notes downloads from now on, as the app has left them. Call it when the app is started. */
  watchDownloads(): void;
}

/** What a test may want of them; it travels as JSON. */
export type DoublesCommand =
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'be-idle'; readonly seconds: number }
  | { readonly do: 'announce'; readonly event: 'lock-screen' | 'suspend' }
  | { readonly do: 'lock-screen'; readonly isLocked: boolean }
  | { readonly do: 'copy'; readonly text: string }
  | { readonly do: 'fail-calls'; readonly channels: readonly string[] }
  | { readonly do: 'read-switch'; readonly name: string }
  | { readonly do: 'start-again'; readonly vaultDir?: string }
  | {
      readonly do:
        | 'read-clipboard'
        | 'read-formats'
        | 'refuse-formats'
        | 'keep-clipboard'
        | 'refuse-copies'
        | 'read-opened'
        | 'read-downloads'
        | 'kill-core'
        | 'hold-core'
        | 'let-core-go'
        | 'have-keychain'
        | 'break-keychain'
        | 'reset-keychain'
        | 'change-keychain'
        | 'minimize'
        | 'read-window';
    };

interface Sleep {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that runs like the real one and can be moved on: sleeps that are due then end at once. */
function steerableClock() {
  let offsetMs = 0;
  const sleeps = new Set<Sleep>();
  const now = () => Date.now() + offsetMs;
  return {
    clock: {
      now,
      sleep: (durationMs: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          if (signal?.aborted) return reject(signal.reason);
          const end = () => {
            clearTimeout(timer);
            sleeps.delete(sleep);
            signal?.removeEventListener('abort', abort);
          };
          const sleep: Sleep = {
            dueMs: now() + durationMs,
            wake: () => {
              end();
              resolve();
            },
          };
          const abort = () => {
            end();
            reject(signal?.reason);
          };
          const timer = setTimeout(sleep.wake, durationMs);
          sleeps.add(sleep);
          signal?.addEventListener('abort', abort, { once: true });
        }),
    },
    advance(durationMs: number) {
      offsetMs += durationMs;
      for (const sleep of [...sleeps].filter(({ dueMs }) => dueMs <= now())) sleep.wake();
    },
  };
}

const plain = 'text/plain';

/** What Electron's clipboard would hold: every format of what is written at once. */
async function readItems(items: readonly ClipboardItem[]): Promise<ReadonlyMap<string, string>> {
  const formats = items.flatMap((item) =>
    item.types.map(async (type) => {
      const payload = await item.getType(type);
      return [type, payload instanceof Blob ? await payload.text() : ''] as const;
    }),
  );
  return new Map(await Promise.all(formats));
}

function shownWindow(): BrowserWindow {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) throw new Error('the app has no window');
  return window;
}

/** @param instead `core`: the entry of the core's process, in place of the one that ships */
export function createDoubles(instead: { readonly core?: string }): Doubles {
  const { clock, advance } = steerableClock();
  const power = new EventEmitter();
  const opened: string[] = [];
  const downloads: string[] = [];
  let idleSeconds = 0;
  let isScreenLocked = false;
  let clipboard: ReadonlyMap<string, string> = new Map();
  let takesFormats = true;
  let isKept = false;
  let takesNothing = false;
  /** What encrypts in the system's keychain; none: a desktop without one. */
  let keychainKey: number | undefined;
  let isKeychainBroken = false;
  let backend: 'gnome_libsecret' | 'kwallet6' = 'gnome_libsecret';
  let core: UtilityProcess | undefined;
  const failing = failingCalls();

  return {
    clock,
    clipboard: {
      async write(items) {
        if (takesNothing || !takesFormats) throw new Error('this clipboard takes text only');
        clipboard = await readItems(items);
      },
      async writeText(text) {
        if (takesNothing) throw new Error('this clipboard takes nothing');
        clipboard = new Map([[plain, text]]);
      },
      readText: async () => clipboard.get(plain) ?? '',
      clear() {
        if (!isKept) clipboard = new Map();
      },
    },
    keychain: {
      async isAsyncEncryptionAvailable() {
        if (isKeychainBroken) throw new Error('the service that keeps secrets does not answer');
        return keychainKey !== undefined;
      },
      getSelectedStorageBackend: () => backend,
      encryptStringAsync: async (text) =>
        Buffer.from(JSON.stringify({ key: keychainKey, text: Buffer.from(text).toString('hex') })),
      async decryptStringAsync(encrypted) {
        const { key, text } = JSON.parse(encrypted.toString());
        if (key !== keychainKey) throw new Error('Error while decrypting the ciphertext');
        return { result: Buffer.from(text, 'hex').toString(), shouldReEncrypt: false };
      },
    },
    power: () =>
      Object.assign(power, {
        getSystemIdleTime: () => idleSeconds,
        getSystemIdleState: () => (isScreenLocked ? 'locked' : 'active'),
      }),
    openExternal: async (url) => {
      opened.push(url);
    },
    showError: (title, text) => void process.stderr.write(`${title}: ${text}\n`),
    fork(entry, ...rest) {
      core = failing.in(utilityProcess.fork(instead.core ?? entry, ...rest));
      return core;
    },
    whatIsLeft: () =>
      JSON.stringify({ clipboard: clipboard.get(plain) ?? '', core: core?.pid === undefined ? 'ended' : 'running' }),
    watchDownloads() {
      session.defaultSession.on('will-download', ({ defaultPrevented }, item) => {
        downloads.push(`${item.getFilename()} ${defaultPrevented ? 'refused' : 'allowed'}`);
      });
    },
    async obey(command) {
      switch (command.do) {
        case 'advance':
          return advance(command.ms);
        case 'be-idle':
          idleSeconds = command.seconds;
          return;
        case 'lock-screen':
          isScreenLocked = command.isLocked;
          return;
        case 'announce':
          return power.emit(command.event);
        case 'copy':
          clipboard = new Map([[plain, command.text]]);
          return;
        case 'fail-calls':
          return failing.set(command.channels);
        case 'read-clipboard':
          return clipboard.get(plain) ?? '';
        case 'read-formats':
          return [...clipboard.keys()];
        case 'refuse-formats':
          takesFormats = false;
          return;
        case 'refuse-copies':
          takesNothing = true;
          return;
        case 'keep-clipboard':
          isKept = true;
          return;
        case 'read-opened':
          return opened;
        case 'read-downloads':
          return downloads;
        case 'kill-core':
          return process.kill(core?.pid ?? Number.NaN, 'SIGKILL');
        case 'hold-core':
          return process.kill(core?.pid ?? Number.NaN, 'SIGSTOP');
        case 'let-core-go':
          return process.kill(core?.pid ?? Number.NaN, 'SIGCONT');
        case 'have-keychain':
          keychainKey = 1;
          isKeychainBroken = false;
          return;
        case 'break-keychain':
          isKeychainBroken = true;
          return;
        case 'reset-keychain':
          keychainKey = 2;
          return;
        case 'change-keychain':
          backend = 'kwallet6';
          return;
        case 'read-switch':
          return app.commandLine.getSwitchValue(command.name);
        case 'minimize':
          return shownWindow().minimize();
        case 'start-again':
          return app.emit('second-instance', {}, [], '', { vaultDir: command.vaultDir });
        case 'read-window':
          return shownWindow().isMinimized() ? 'minimized' : 'open';
        default:
          throw new Error('the doubles know no such command');
      }
    },
  };
}
