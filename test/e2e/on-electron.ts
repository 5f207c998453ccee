import { createInterface } from 'node:readline';
import { _electron } from '@playwright/test';
import { rootOnly } from '../../build/find-electron.mjs';
import type { AppProcess, AppStart } from './app-process.ts';

/** The app on Electron itself. */
export async function startOnElectron(binary: string, { args, dir }: AppStart): Promise<AppProcess> {
  const app = await _electron.launch({
    executablePath: binary,
    args: [...rootOnly(), ...args],
    env: { ...definedOf(process.env), TMPDIR: dir },
  });
  const child = app.process();
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  return {
    pid: child.pid ?? Number.NaN,
    onPage(listener) {
      for (const page of app.windows()) listener(page);
      app.on('window', listener);
    },
    onLine(listener) {
      if (child.stdout !== null) createInterface(child.stdout).on('line', listener);
    },
    errors: () => errors,
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? undefined))),
    kill: (signal) => void child.kill(signal),
  };
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
