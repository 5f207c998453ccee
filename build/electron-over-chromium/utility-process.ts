import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import type { Readable } from 'node:stream';
import { unwrap, wrap } from './channel-message.ts';
import { NamedEmitter, notImplemented } from './unimplemented.ts';

export interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: string[];
  readonly cwd?: string;
  readonly stdio?: string | readonly string[];
  readonly serviceName?: string;
}

const prelude = new URL('parent-port.ts', import.meta.url).href;

/** A process of plain Node that speaks structured clones over its channel, as Electron's utility process does. */
export class UtilityProcess extends NamedEmitter {
  pid: number | undefined;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  private readonly child: ChildProcess;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.child = fork(modulePath, [...args], {
      execArgv: [...(options.execArgv ?? []), '--import', prelude],
      serialization: 'advanced',
      stdio: toStdio(options.stdio ?? 'inherit'),
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.stdout = this.child.stdout;
    this.stderr = this.child.stderr;
    this.child.once('spawn', () => {
      this.pid = this.child.pid;
      this.emit('spawn');
    });
    this.child.on('message', (message) => this.emit('message', unwrap(message)));
    // A child that could not start, or a message to one that just ended: `exit` tells.
    this.child.on('error', () => {});
    this.child.once('exit', (code, signal) => {
      this.pid = undefined;
      // What Electron gives for a process that a signal ended is the signal's number.
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 15));
    });
  }

  /** @throws when the message cannot be cloned */
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw notImplemented('utilityProcess.postMessage with ports');
    if (this.child.connected) this.child.send(wrap(message), () => {});
  }

  /** @returns whether there was somebody to end */
  kill(): boolean {
    return this.child.kill('SIGTERM');
  }
}

function toStdio(stdio: string | readonly string[]): StdioOptions {
  const [stdin = 'ignore', stdout = 'inherit', stderr = 'inherit'] =
    typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio;
  if (stdin !== 'ignore') throw new Error('stdin value other than ignore is not supported.');
  return ['ignore', mode(stdout), mode(stderr), 'ipc'];
}

function mode(name: string): 'pipe' | 'ignore' | 'inherit' {
  if (name === 'pipe' || name === 'ignore' || name === 'inherit') return name;
  throw new Error(`stdio value '${name}' is not supported.`);
}
