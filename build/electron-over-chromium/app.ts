import { type AppPaths, createAppPaths } from './app-paths.ts';
import type { BrowserWindow } from './browser-window.ts';
import { createCommandLine } from './command-line.ts';
import { type InstanceLock, type SecondInstance, takeInstanceLock } from './single-instance.ts';
import { NamedEmitter, preventable } from './unimplemented.ts';

export interface AppOptions {
  readonly name: string;
  readonly version: string;
  readonly argv: readonly string[];
  readonly windows: ReadonlyMap<number, BrowserWindow>;
}

export class App extends NamedEmitter {
  readonly commandLine = createCommandLine();
  private readonly options: AppOptions;
  private readonly paths: AppPaths;
  private readonly ready = Promise.withResolvers<void>();
  private state: 'starting' | 'ready' | 'quitting' = 'starting';
  private lock: InstanceLock | undefined;
  private exitCode = 0;

  constructor(options: AppOptions) {
    super([
      ...['ready', 'before-quit', 'will-quit', 'quit', 'window-all-closed', 'second-instance'],
      ...['web-contents-created', 'render-process-gone'],
    ]);
    this.options = options;
    this.paths = createAppPaths(options.name);
  }

  getVersion(): string {
    return this.options.version;
  }

  getPath(name: string): string {
    return this.paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  enableSandbox(): void {
    if (this.isReady()) throw new Error('app.enableSandbox() can only be called before app is ready');
    // Every renderer is sandboxed already.
  }

  isReady(): boolean {
    return this.state !== 'starting';
  }

  /** As Electron's, it never resolves for a main module that awaits it while it is being evaluated. */
  whenReady(): Promise<void> {
    return this.ready.promise;
  }

  /** The app's own code has run: whatever must be said before `ready` has been said. */
  becomeReady(): void {
    if (this.state !== 'starting') return;
    this.state = 'ready';
    this.emit('ready', preventable({}), {});
    this.ready.resolve();
  }

  requestSingleInstanceLock(additionalData?: object): boolean {
    const own = { argv: this.options.argv, workingDirectory: process.cwd(), additionalData };
    this.lock ??= takeInstanceLock(this.getPath('userData'), own, (second) => void this.secondCame(second));
    return this.lock !== undefined;
  }

  releaseSingleInstanceLock(): void {
    this.lock?.release();
    this.lock = undefined;
  }

  /** Asks the listeners, then every window, then the listeners again; any of them can say no. */
  quit(): void {
    if (this.state === 'quitting') return;
    const stateBefore = this.state;
    this.state = 'quitting';
    if (!this.asks('before-quit') || !this.closeWindows() || !this.asks('will-quit')) {
      this.state = stateBefore;
      return;
    }
    this.leave(this.exitCode);
  }

  /** At once, without asking. */
  exit(exitCode = 0): void {
    this.state = 'quitting';
    for (const window of [...this.options.windows.values()]) window.destroy();
    this.leave(exitCode);
  }

  /** Whenever and however it quits: what started it shall know. Electron ends with an error as well where it has no display. */
  failed(sentence: string): void {
    if (this.exitCode === 0) process.stderr.write(`rondo: ${sentence}\n`);
    this.exitCode = 1;
  }

  windowClosed(): void {
    if (this.options.windows.size > 0 || this.state === 'quitting') return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  private closeWindows(): boolean {
    for (const window of [...this.options.windows.values()]) {
      window.close();
      if (!window.isDestroyed()) return false;
    }
    return true;
  }

  private asks(event: 'before-quit' | 'will-quit'): boolean {
    const asked = preventable({});
    this.emit(event, asked);
    return !asked.defaultPrevented;
  }

  /** What is still open (browsers, profiles) ends with the process: each has said so itself. */
  private leave(exitCode: number): void {
    this.emit('quit', preventable({}), exitCode);
    this.releaseSingleInstanceLock();
    process.exit(exitCode);
  }

  private async secondCame({ argv, workingDirectory, additionalData }: SecondInstance): Promise<void> {
    await this.ready.promise;
    this.emit('second-instance', preventable({}), argv, workingDirectory, additionalData);
  }
}
