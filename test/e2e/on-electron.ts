import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { _electron } from '@playwright/test';
import { rootOnly } from '../../build/find-electron.mjs';
import type { AppProcess, AppStart, EndingProcess } from './app-process.ts';

/** Playwright's words where Electron ends before anything of the app has run, as it does where it has no display. */
export const neverLaunched = 'Process failed to launch!';

/** The app on Electron itself. */
export async function startOnElectron(binary: string, { args, dir }: AppStart): Promise<AppProcess> {
  process.on('unhandledRejection', endedEarly);
  const app = await _electron.launch({
    executablePath: binary,
    // Else it would be taken away, on Linux.
    chromiumSandbox: true,
    args: [...rootOnly(), ...args],
    env: { ...definedOf(process.env), TMPDIR: dir },
  });
  process.off('unhandledRejection', endedEarly);
  const child = app.process();
  return {
    ...endOf(child),
    pid: child.pid ?? Number.NaN,
    onPage(listener) {
      for (const page of app.windows()) listener(page);
      app.on('window', listener);
    },
    onLine(listener) {
      if (child.stdout !== null) createInterface(child.stdout).on('line', listener);
    },
  };
}

/** Without Playwright, which would take one that leaves the window to another for one that failed. */
export function startSecondOnElectron(binary: string, { args, dir }: AppStart): EndingProcess {
  const env = { ...process.env, TMPDIR: dir };
  return endOf(spawn(binary, [...rootOnly(), ...args], { stdio: ['ignore', 'ignore', 'pipe'], env }));
}

function endOf(child: ChildProcess): EndingProcess {
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  return {
    errors: () => errors,
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? undefined))),
    kill: (signal) => void child.kill(signal),
  };
}

/** Playwright waits for four lines at once and looks after one: where Electron ends first, Node would end for the others. */
function endedEarly(reason: unknown): void {
  if (!(reason instanceof Error) || reason.message !== neverLaunched) throw reason;
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
