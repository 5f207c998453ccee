import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { browserFlags, type LaunchOptions } from './browser-flags.ts';
import { type DevTools, openDevToolsPipe } from './devtools-pipe.ts';
import { createProfile, removeProfile } from './profile.ts';

/** One running Chromium, which is one window: what a page has held ends with its processes. */
export interface Browser {
  readonly devTools: DevTools;
  /** Resolves once its processes are gone and its profile is removed, whoever ended it. */
  readonly ended: Promise<void>;
  /** At once: there is nothing in its profile that would have to be written first. */
  end(): void;
  /** It ended with an error, and not because its window was closed. */
  hasFailed(): boolean;
  /** How it ended without ever having answered: there was no window. */
  failedToStart(): string | undefined;
}

export function launchBrowser(options: LaunchOptions): Browser {
  const profileDir = createProfile(options.isSpellchecked);
  const child = spawn(options.executable, browserFlags(options, profileDir), {
    // Chromium complains on standard error about every desktop service that a machine lacks.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl+C goes to the app, which ends its windows.
    detached: process.platform !== 'win32',
  });
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable)) throw new Error('no pipe to the browser');
  const devTools = openDevToolsPipe(toBrowser, fromBrowser);
  const end = () => killGroup(child);
  const cleanUp = () => {
    end();
    removeProfile(profileDir);
  };
  process.once('exit', cleanUp);

  let hasAnswered = false;
  fromBrowser.once('data', () => {
    hasAnswered = true;
  });
  let howItEnded: string | undefined;
  const ended = new Promise<void>((resolve) => {
    const finish = (how: string) => {
      howItEnded = how;
      process.off('exit', cleanUp);
      cleanUp();
      resolve();
    };
    child.once('exit', (code, signal) => finish(`ended with ${code ?? signal}`));
    child.once('error', (error) => finish(`cannot be run (${error.message})`));
  });
  if (options.hasDebuggingPort) void announcePort(profileDir, ended);
  return {
    ...{ devTools, ended, end },
    hasFailed: () => child.exitCode !== 0,
    failedToStart: () => (hasAnswered ? undefined : howItEnded),
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

/** Says where the port is in the words that Chromium and Electron use, which is what test tools wait for. */
async function announcePort(profileDir: string, ended: Promise<void>): Promise<void> {
  const path = join(profileDir, 'DevToolsActivePort');
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  // Chromium writes the file when the port is open, and tells nobody: 20 ms is soon enough for a test.
  while (!isOver && !(existsSync(path) && readFileSync(path, 'utf8').includes('\n'))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (isOver) return;
  const [port, place] = readFileSync(path, 'utf8').split('\n');
  process.stderr.write(`\nDevTools listening on ws://127.0.0.1:${port}${place}\n`);
}
