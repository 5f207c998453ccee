import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeDir } from '../../build/bundle.mjs';

export interface RondoEnd {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RondoProcess {
  readonly process: ChildProcess;
  readonly end: Promise<RondoEnd>;
  /** The first line of standard output, as soon as it is whole. */
  readonly firstLine: Promise<string>;
}

export interface RondoFolder {
  readonly path: string;
  /** Starts the bundled command line as a real process, with a vault in this folder and its password in a file. */
  start(
    arguments_: readonly string[],
    change?: { readonly stdin?: string; readonly stdio?: StdioOptions },
  ): RondoProcess;
  run(
    arguments_: readonly string[],
    change?: { readonly stdin?: string; readonly stdio?: StdioOptions },
  ): Promise<RondoEnd>;
  /** Ends what still runs and removes the folder. */
  remove(): Promise<void>;
}

export const folderPassword = 'correct horse battery staple';

export function rondoFolder(): RondoFolder {
  const path = mkdtempSync(join(tmpdir(), 'rondo-process-'));
  const passwordFile = join(path, 'password');
  writeFileSync(passwordFile, `${folderPassword}\n`, { mode: 0o600 });
  const running = new Set<RondoProcess>();

  const start: RondoFolder['start'] = (arguments_, { stdin = '', stdio = 'pipe' } = {}) => {
    const child = spawn(process.execPath, [join(nodeDir, 'rondo.mjs'), ...arguments_], {
      stdio,
      env: { RONDO_VAULT: join(path, 'vault'), RONDO_PASSWORD_FILE: passwordFile, TMPDIR: path, HOME: path },
    });
    const texts = { stdout: '', stderr: '' };
    let lineSeen = (_line: string) => {};
    const firstLine = new Promise<string>((resolve) => {
      lineSeen = resolve;
    });
    child.stdout?.on('data', (chunk) => {
      texts.stdout += chunk;
      const end = texts.stdout.indexOf('\n');
      if (end !== -1) lineSeen(texts.stdout.slice(0, end));
    });
    child.stderr?.on('data', (chunk) => {
      texts.stderr += chunk;
    });
    // A command that needs nothing from it may end before it is written.
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
    const started: RondoProcess = {
      process: child,
      firstLine,
      end: new Promise((resolve) => {
        child.on('close', (exitCode) => {
          running.delete(started);
          resolve({ exitCode: exitCode ?? undefined, ...texts });
        });
      }),
    };
    running.add(started);
    return started;
  };

  return {
    path,
    start,
    run: (arguments_, change) => start(arguments_, change).end,
    async remove() {
      for (const one of running) {
        one.process.kill('SIGKILL');
        await one.end;
      }
      rmSync(path, { recursive: true, force: true });
    },
  };
}
