import type { Browser } from './browser.ts';
import type { Events, TargetInfo } from './devtools-protocol.ts';
import { executeJavaScript } from './execute-javascript.ts';
import type { IpcMain, WebFrameMain } from './ipc-main.ts';
import { Navigation } from './navigation.ts';
import { createCloneCoding } from './page/clone.ts';
import type { WindowState } from './page/isolated-world.ts';
import { type Page, preparePage } from './page.ts';
import { denyPermissions } from './permissions.ts';
import type { Schemes } from './protocol.ts';
import { answerRequest } from './requests.ts';
import type { Session } from './session.ts';
import { attachToPage } from './targets.ts';
import { NamedEmitter, named, notImplemented, preventable } from './unimplemented.ts';
import type { WorldScripts } from './world-scripts.ts';

export interface WebContentsOptions {
  readonly id: number;
  readonly session: Session;
  readonly schemes: Schemes;
  readonly ipcMain: IpcMain;
  readonly scripts: WorldScripts;
  onState(state: WindowState): void;
  onInput(): void;
  /** Not by the app: its page is gone. */
  onClosed(): void;
}

type OpenHandler = (details: object) => { readonly action: string };

/** The parts of Electron's `webContents` that Rondo calls. Sending to a page that is not there is silent, as in Electron. */
export class WebContents extends NamedEmitter {
  readonly id: number;
  readonly session: Session;
  private readonly options: WebContentsOptions;
  private readonly navigation: Navigation;
  private readonly coding = createCloneCoding();
  private readonly opened = Promise.withResolvers<Page>();
  private page: Page | undefined;
  private openHandler: OpenHandler | undefined;
  private hasEnded = false;
  /** Addresses whose opening was judged when the page asked; their windows come a moment later. */
  private readonly judged: string[] = [];

  constructor(options: WebContentsOptions) {
    super([
      ...['will-navigate', 'will-redirect', 'did-finish-load', 'did-fail-load', 'destroyed'],
      ...['render-process-gone', 'preload-error', 'input-event'],
      // No page has webviews: what would be asked before one never comes.
      'will-attach-webview',
      // For the window alone.
      'first-content',
    ]);
    this.id = options.id;
    this.session = options.session;
    this.options = options;
    this.navigation = new Navigation(this, options.schemes);
    // Whoever waits for the page hears of a failure; if nobody does, the window's end tells.
    this.opened.promise.catch(() => {});
  }

  get mainFrame(): WebFrameMain {
    return this.navigation.mainFrame;
  }

  /** @throws when the browser cannot be used */
  async open({ devTools: browser }: Browser): Promise<Page> {
    const { session, schemes, scripts, id } = this.options;
    browser.on('Browser.downloadWillBegin', ({ url, suggestedFilename }) =>
      session.announceDownload(schemes.toExternal(url), suggestedFilename, this),
    );
    try {
      const rules = {
        ...{ session, schemes, webContentsId: id },
        isMainFrame: (frameId: string) => frameId === this.page?.frameId,
        mayNavigate: this.navigation.mayNavigate.bind(this.navigation),
      };
      const [devTools] = await Promise.all([
        attachToPage(browser, {
          onRequest: (from, paused) => void answerRequest(from, paused, rules),
          onPopup: (target) => this.popupRefused(target),
          onPageGone: () => this.options.onClosed(),
        }),
        browser.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true }),
        denyPermissions(browser),
      ]);
      const page = await preparePage(devTools, scripts, {
        onDocument: (document) => this.navigation.documentShown(document),
        onAddress: (internalUrl) => this.navigation.addressChanged(internalUrl),
        onLifecycle: (name, loaderId) => this.navigation.lifecycle(name, loaderId),
        onMessage: (text) => this.receive(text),
        onCrash: () => this.gone('crashed'),
        onWindowOpen: (details) => this.judgeOpening(details),
      });
      this.page = page;
      this.opened.resolve(page);
      return page;
    } catch (error) {
      this.opened.reject(error);
      throw error;
    }
  }

  async loadURL(url: string, options?: object): Promise<void> {
    if (options !== undefined) throw notImplemented('webContents.loadURL with options');
    const { devTools } = await this.opened.promise;
    await this.navigation.loadUrl(devTools, url);
  }

  isDestroyed(): boolean {
    return this.hasEnded;
  }

  send(channel: string, ...args: unknown[]): void {
    this.deliver('event', channel, args);
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { devTools } = await this.opened.promise;
    await this.navigation.whenFinished();
    return await executeJavaScript(devTools, code, userGesture);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  /** It is that for every page, by a flag. */
  setWebRTCIPHandlingPolicy(policy: string): void {
    if (policy !== 'disable_non_proxied_udp')
      throw notImplemented(`webContents.setWebRTCIPHandlingPolicy('${policy}')`);
  }

  /** The window is gone. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.navigation.closed();
    this.emit('destroyed');
  }

  gone(reason: 'crashed' | 'killed'): void {
    this.emit('render-process-gone', preventable({}), { reason, exitCode: 1 });
  }

  /** The page tells once a second at most, and not of what kind. */
  private inputNoted(): void {
    this.options.onInput();
    this.emit('input-event', preventable({}), named('InputEvent', {}));
  }

  private deliver(...message: readonly unknown[]): void {
    const text = this.coding.encode(message);
    this.page?.deliver(text);
  }

  private receive(text: string): void {
    const message = this.coding.decode(text);
    if (!Array.isArray(message)) return;
    const [kind, first, args, call] = message;
    if (kind === 'state') this.options.onState(first);
    else if (kind === 'navigate') this.navigation.refused(String(first));
    else if (kind === 'input') this.inputNoted();
    else if (kind === 'preload-error') this.emit('preload-error', preventable({}), '', new Error(first));
    else if (kind === 'invoke') void this.answer(first, args, call);
  }

  /** As in Electron, only the text of an error crosses. */
  private async answer(channel: string, args: readonly unknown[], call: number): Promise<void> {
    try {
      this.deliver('answer', call, true, await this.options.ipcMain.invoke(channel, args, this, this.mainFrame));
    } catch (error) {
      this.deliver('answer', call, false, `Error invoking remote method '${channel}': ${error}`);
    }
  }

  private judgeOpening({ url, windowName, windowFeatures }: Events['Page.windowOpen']): void {
    this.judged.push(url);
    this.askToOpen(url, windowName, windowFeatures.join(','));
  }

  /** A new window that the page did not ask for by script or link comes from a person's shortcut. */
  private popupRefused({ url }: TargetInfo): void {
    if (this.judged.shift() === undefined) this.askToOpen(url, '', '');
  }

  private askToOpen(internalUrl: string, frameName: string, features: string): void {
    const url = this.options.schemes.toExternal(internalUrl);
    const disposition = features === '' ? 'foreground-tab' : 'new-window';
    const details = { url, frameName, features, disposition, referrer: { url: '', policy: '' } };
    const answer = this.openHandler?.(named('HandlerDetails', details));
    if (answer?.action === 'deny') return;
    process.stderr.write(`${notImplemented('A second window, opened by a page,').message}: it was refused\n`);
  }
}
