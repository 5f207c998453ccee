import { type ChildProcess, fork } from 'node:child_process';
import { constants } from 'node:os';
import { unwrap, wrap } from './channel-message.ts';
import { NamedEmitter, notImplemented } from './unimplemented.ts';

export interface ForkOptions {
  readonly serviceName?: string;
  readonly stdio?: 'inherit';
}

const prelude = new URL('parent-port.ts', import.meta.url).href;

/**
 * A process of plain Node that speaks structured clones over its channel, as Electron's utility process does. Before `spawn`
 * it has no pid, and nobody can end it.
 */
export class UtilityProcess extends NamedEmitter {
  pid: number | undefined;
  private readonly child: ChildProcess;
  private wasKilled = false;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    // Of `error` Electron tells when V8 gave up, with a report that plain Node does not have.
    super(['spawn', 'message', 'exit', 'error']);
    for (const [name, value] of Object.entries(options)) {
      const isKnown = name === 'serviceName' || (name === 'stdio' && value === 'inherit');
      if (!isKnown) throw notImplemented(`utilityProcess.fork with ${name}: ${value}`);
    }
    this.child = fork(modulePath, [...args], {
      execArgv: ['--import', prelude],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.once('spawn', () => {
      this.pid = this.child.pid;
      this.emit('spawn');
    });
    this.child.on('message', (message) => this.emit('message', unwrap(message)));
    // A child that could not start, or a message to one that just ended: `exit` tells.
    this.child.on('error', () => {});
    this.child.once('exit', (code, signal) => {
      this.pid = undefined;
      this.emit('exit', code ?? this.codeFor(signal));
    });
  }

  /** @throws when the message cannot be cloned */
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw notImplemented('utilityProcess.postMessage with ports');
    if (this.child.connected) this.child.send(wrap(message), () => {});
  }

  /** @returns whether there was somebody to end */
  kill(): boolean {
    if (this.pid === undefined) return false;
    this.wasKilled = this.child.kill('SIGTERM');
    return this.wasKilled;
  }

  /** As Electron has it (HandleTermination in its electron_api_utility_process.cc): being ended by `kill` is no failure. */
  private codeFor(signal: NodeJS.Signals | null): number {
    if (signal === null || (this.wasKilled && (signal === 'SIGTERM' || signal === 'SIGKILL'))) return 0;
    return constants.signals[signal];
  }
}
