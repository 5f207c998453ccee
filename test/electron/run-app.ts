import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { findBrowser } from '../../build/find-browser.mjs';

export const runnerPath = fileURLToPath(new URL('../../build/electron-over-chromium/runner.ts', import.meta.url));
export const fixture = (path: string) => fileURLToPath(new URL(`fixtures/${path}`, import.meta.url));

export interface RunningApp {
  readonly child: ChildProcess;
  /** Everything that the app's process announced, in order. */
  readonly events: readonly string[];
  /** Runs code in the app's main process, with all that `electron` exports, `open`, `collected` and `state` in scope. */
  run(code: string): Promise<unknown>;
  /** What the app sends next. @throws Error with what it said, where it ends before */
  told(): Promise<unknown>;
  /** Resolves when the app has announced `event`. */
  until(event: string): Promise<void>;
  /** Resolves with its exit code. */
  ended(): Promise<number | null>;
  errors(): string;
  /** Resolves with what matches, once its standard error has said it. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface RunOptions {
  readonly app?: string;
  readonly flags?: readonly string[];
  readonly appArguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Every app that a test starts ends with it, with its browsers, profiles and folders. */
export function appStarter(): (options?: RunOptions) => Promise<RunningApp> {
  const browser = findBrowser(process.env);
  if (browser === undefined) throw new Error('these tests need a Chrome or Chromium');
  const known = [`--browser=${browser.path}`, `--browser-version=${browser.version}`];
  const started: { readonly child: ChildProcess; readonly dir: string }[] = [];
  afterEach(async () => {
    for (const { child, dir } of started.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      // A browser whose pipe closes ends by itself; its profile lies in here.
      rmSync(dir, { recursive: true, force: true, maxRetries: 50, retryDelay: 50 });
    }
  });
  return async (options = {}) => {
    // Everything that the app and its browser write goes into a folder of the test's own.
    const dir = mkdtempSync(join(tmpdir(), 'rondo-electron-'));
    const args = [...known, ...(options.flags ?? ['--headless']), options.app ?? fixture('workbench/main.js')];
    const child = fork(runnerPath, [...args, ...(options.appArguments ?? [])], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      env: { ...process.env, TMPDIR: dir, XDG_CONFIG_HOME: join(dir, 'config'), XDG_RUNTIME_DIR: dir, ...options.env },
    });
    started.push({ child, dir });
    const app = converse(child);
    if (options.app === undefined) await Promise.race([app.until('workbench'), diedEarly(child, app.errors)]);
    return app;
  };
}

async function diedEarly(child: ChildProcess, errors: () => string): Promise<never> {
  await once(child, 'exit');
  throw new Error(`the app ended before it said anything: ${errors()}`);
}

function converse(child: ChildProcess): RunningApp {
  const events: string[] = [];
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let errors = '';
  let lastId = 0;
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  child.on('message', (message: { id?: number; event?: string; value?: unknown; error?: string }) => {
    if (message.event !== undefined) events.push(message.event);
    if (message.id === undefined) return;
    const call = waiting.get(message.id);
    if (message.error === undefined) call?.resolve(message.value);
    else call?.reject(new Error(message.error));
  });
  return {
    child,
    events,
    errors: () => errors,
    async said(pattern) {
      for (;;) {
        const found = pattern.exec(errors);
        if (found !== null) return found;
        if (child.stderr === null) throw new Error('its standard error is not heard');
        await once(child.stderr, 'data');
      }
    },
    run: (code) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        child.once('exit', () => reject(new Error(`the app ended: ${errors}`)));
        child.send({ id: lastId, code });
      }),
    async told() {
      const [message] = await Promise.race([once(child, 'message'), diedEarly(child, () => errors)]);
      return message;
    },
    async until(event) {
      while (!events.includes(event)) await once(child, 'message');
    },
    async ended() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

/** The profiles of browsers below a test's folder. */
export function profilesIn(dir: string): string[] {
  return readdirSync(dir).filter((name) => name.startsWith('electron-over-chromium-'));
}
