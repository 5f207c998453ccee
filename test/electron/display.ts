import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { installPackages, type Missing } from '../support/debian-packages.ts';

const run = promisify(execFile);

/** A display of the test's own that nobody sees, and a keyboard at it. */
export interface Display extends AsyncDisposable {
  readonly name: string;
  /** Types into the window of this title, as a person would, such as `ctrl+shift+i`. */
  press(title: string, keys: string): Promise<void>;
}

/** What it is made of: programs, and Debian's packages that have them. */
const parts: Readonly<Record<string, string>> = { Xvfb: 'xvfb', xdotool: 'xdotool' };

/** Installs what is missing where it may. @returns what is missing all the same; undefined: nothing */
export function missingForDisplay(): Missing | undefined {
  const before = missingNow();
  if (before.length === 0) return undefined;
  const refusal = installPackages(...before);
  const packages = missingNow();
  return packages.length === 0 ? undefined : { packages, refusal };
}

function missingNow(): readonly string[] {
  const dirs = (process.env.PATH ?? '').split(delimiter);
  const isMissing = (name: string) => !dirs.some((dir) => isExecutable(join(dir, name)));
  return Object.entries(parts).flatMap(([name, inPackage]) => (isMissing(name) ? [inPackage] : []));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function openDisplay(): Promise<Display> {
  // It chooses a number that is free, and tells it when it is there. It ends with its last window, also where a test fails.
  const shape = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-terminate'];
  const server = spawn('Xvfb', ['-displayfd', '1', ...shape], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [number] = await once(createInterface(server.stdout), 'line');
  const name = `:${number}`;
  const xdotool = (...args: readonly string[]) =>
    run('xdotool', args, { env: { ...process.env, DISPLAY: name }, timeout: 20_000 });
  return {
    name,
    async press(title, keys) {
      const { stdout } = await xdotool('search', '--sync', '--onlyvisible', '--name', title);
      const [window = ''] = stdout.trim().split('\n');
      await xdotool('windowfocus', '--sync', window, 'key', '--clearmodifiers', keys);
    },
    async [Symbol.asyncDispose]() {
      if (server.exitCode !== null) return;
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}
