import { type Browser, launchBrowser } from './browser.ts';
import type { IpcMain } from './ipc-main.ts';
import type { NativeTheme } from './native-theme.ts';
import { NativeWindow } from './native-window.ts';
import type { WindowState } from './page/isolated-world.ts';
import type { Page } from './page.ts';
import type { PowerMonitor } from './power-monitor.ts';
import type { Schemes } from './protocol.ts';
import type { Session } from './session.ts';
import { NamedEmitter, preventable } from './unimplemented.ts';
import { WebContents } from './web-contents.ts';
import { readWindowOptions } from './window-options.ts';
import { createWorldScripts } from './world-scripts.ts';

/** What windows need of the rest of the app. */
export interface WindowHost {
  readonly executable: string;
  readonly isHeadless: boolean;
  readonly hasDebuggingPort: boolean;
  readonly processInfo: Readonly<Record<string, unknown>>;
  readonly session: Session;
  readonly schemes: Schemes;
  readonly ipcMain: IpcMain;
  readonly theme: NativeTheme;
  readonly power: PowerMonitor;
  readonly windows: Map<number, BrowserWindow>;
  isReady(): boolean;
  created(window: BrowserWindow): void;
  /** There will be no window: `how` its browser ended instead. */
  cannotOpen(how: string): void;
  closed(): void;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

let lastId = 0;

/**
 * A window is a Chromium of its own, without tabs or address. What the browser has no word for stays a promise of the
 * main process: a window with `show: false` is on the screen in its background colour; a person who closes the window is
 * not asked again (`close` is told, and cannot be prevented then).
 */
export class BrowserWindow extends NamedEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  private readonly host: WindowHost;
  private readonly browser: Browser;
  private readonly native: NativeWindow;
  private hasFocus = false;
  private hasClosed = false;

  constructor(host: WindowHost, raw?: Readonly<Record<string, unknown>>) {
    super(['ready-to-show', 'focus', 'blur', 'close', 'closed']);
    if (!host.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    host.session.refuseUnguarded();
    const options = readWindowOptions(raw);
    lastId += 1;
    this.id = lastId;
    this.host = host;
    this.browser = launchBrowser({ ...host, ...options });
    this.webContents = new WebContents({
      ...{ id: this.id, session: host.session, schemes: host.schemes, ipcMain: host.ipcMain },
      scripts: createWorldScripts(options.preload, host.processInfo),
      onState: (state) => this.stateTold(state),
      onInput: () => host.power.noteInput(),
      // Its browser ends half a second later: until then nobody could tell that there is no window to show.
      onClosed: () => this.wasClosed(),
    });
    host.windows.set(this.id, this);
    host.created(this);
    this.webContents.once('first-content', () => this.emit('ready-to-show'));
    const opened = this.open();
    opened.catch(() => {});
    const { x = 0, y = 0, width, height } = options;
    this.native = new NativeWindow(opened, { x, y, width, height });
    void this.browser.ended.then(() => this.browserEnded());
  }

  loadURL(...args: Parameters<WebContents['loadURL']>): Promise<void> {
    return this.webContents.loadURL(...args);
  }

  show(): void {
    this.restore();
    this.focus();
  }

  /** A minimised window comes back in front, as the browser knows no other way. */
  showInactive(): void {
    this.restore();
  }

  focus(): void {
    this.native.toFront();
  }

  minimize(): void {
    this.native.become('minimized');
  }

  /** One that is not shown is shown by it, and not brought in front. */
  maximize(): void {
    this.native.become('maximized');
  }

  restore(): void {
    if (this.isMinimized()) this.native.become('normal');
  }

  isMinimized(): boolean {
    return this.native.is('minimized');
  }

  isMaximized(): boolean {
    return this.native.is('maximized');
  }

  isFocused(): boolean {
    return this.hasFocus;
  }

  isDestroyed(): boolean {
    return this.hasClosed;
  }

  getNormalBounds(): Rectangle {
    return this.native.getNormalBounds();
  }

  close(): void {
    if (this.hasClosed || !this.mayClose()) return;
    this.destroy();
  }

  destroy(): void {
    if (this.hasClosed) return;
    this.hasClosed = true;
    this.host.windows.delete(this.id);
    this.browser.end();
    this.webContents.end();
    this.emit('closed');
    this.host.closed();
  }

  /** Resolves when its processes are gone. */
  ended(): Promise<void> {
    return this.browser.ended;
  }

  private async open(): Promise<Page> {
    const page = await this.webContents.open(this.browser);
    this.host.theme.addPage(page.devTools);
    return page;
  }

  private mayClose(): boolean {
    const event = preventable({});
    this.emit('close', event);
    return !event.defaultPrevented;
  }

  private stateTold(state: WindowState): void {
    this.host.theme.systemTold(state.isDark);
    this.native.pageTells(state);
    if (state.isFocused === this.hasFocus) return;
    this.hasFocus = state.isFocused;
    this.emit(this.hasFocus ? 'focus' : 'blur');
  }

  /** By a person, by the system, or by its own fault. */
  private browserEnded(): void {
    if (this.hasClosed) return;
    const how = this.browser.failedToStart();
    // No page was there to be gone: an app that opens another window instead would do so for ever.
    if (how !== undefined) this.host.cannotOpen(how);
    else if (this.browser.hasFailed()) this.webContents.gone('killed');
    this.wasClosed();
  }

  private wasClosed(): void {
    if (this.hasClosed) return;
    this.emit('close', preventable({}));
    this.destroy();
  }
}
