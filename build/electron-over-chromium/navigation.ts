import type { EventEmitter } from 'node:events';
import type { DevTools } from './devtools-pipe.ts';
import type { PausedRequest } from './devtools-protocol.ts';
import { originOf } from './internal-url.ts';
import type { WebFrameMain } from './ipc-main.ts';
import { netError } from './net-errors.ts';
import type { ShownDocument } from './page.ts';
import type { Schemes } from './protocol.ts';
import { named, preventable } from './unimplemented.ts';

interface Load {
  readonly url: string;
  readonly loaderId: string;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Which document the top frame shows, on its way to which. It tells its web contents' listeners in Electron's order:
 * `will-navigate` (only what the page started), `will-redirect`, then `did-finish-load` or `did-fail-load`.
 */
export class Navigation {
  /** One object for each document, so that a message keeps saying where it came from. */
  mainFrame: WebFrameMain = createFrame('');
  private readonly contents: EventEmitter;
  private readonly schemes: Schemes;
  /** The document that `loadURL` asks for, until the browser has answered: it needs nobody's leave. */
  private expectedUrl: string | undefined;
  private shownLoaderId: string | undefined;
  private load: Load | undefined;
  private isFinished = false;
  private hasShownContent = false;
  private finished = Promise.withResolvers<void>();

  constructor(contents: EventEmitter, schemes: Schemes) {
    this.contents = contents;
    this.schemes = schemes;
  }

  /** Resolves when the document that is shown has loaded; if there is none yet, the first one. */
  whenFinished(): Promise<void> {
    return this.finished.promise;
  }

  /** @throws Error "ERR_… (number) loading '…'" */
  async loadUrl(devTools: DevTools, url: string): Promise<void> {
    const internalUrl = this.schemes.toInternal(url);
    this.expectedUrl = withoutHash(internalUrl);
    const { loaderId, errorText } = await devTools.send('Page.navigate', { url: internalUrl });
    this.expectedUrl = undefined;
    this.load?.reject(loadError('net::ERR_ABORTED', this.load.url));
    this.load = undefined;
    if (errorText !== undefined) {
      this.tellFailure(errorText, url);
      throw loadError(errorText, url);
    }
    // Another place in the same document, or a document that was faster than the answer.
    if (loaderId === undefined || (loaderId === this.shownLoaderId && this.isFinished)) return;
    await new Promise<void>((resolve, reject) => {
      this.load = { url, loaderId, resolve, reject };
    });
  }

  /** @returns false: the document must not come, and the page stays where it is */
  mayNavigate(request: PausedRequest, url: string): boolean {
    const isRedirect = request.redirectedRequestId !== undefined;
    const isExpected = !isRedirect && this.expectedUrl === withoutHash(request.request.url);
    return isExpected || this.asks(isRedirect ? 'will-redirect' : 'will-navigate', url);
  }

  /** The page wanted a document that no request brings. Such a one never comes; the app hears of it. */
  refused(url: string): void {
    this.asks('will-navigate', url);
  }

  documentShown({ internalUrl, loaderId, isError }: ShownDocument): void {
    const url = this.schemes.toExternal(internalUrl);
    this.mainFrame = createFrame(url);
    this.shownLoaderId = loaderId;
    if (this.isFinished) this.finished = Promise.withResolvers();
    this.isFinished = false;
    // A failure of `loadURL` is told by its answer.
    if (isError && this.expectedUrl === undefined) this.tellFailure('net::ERR_FAILED', url);
  }

  addressChanged(internalUrl: string): void {
    this.mainFrame = createFrame(this.schemes.toExternal(internalUrl));
  }

  lifecycle(name: string, loaderId: string): void {
    if (loaderId !== this.shownLoaderId) return;
    if (name === 'load') {
      this.isFinished = true;
      this.contents.emit('did-finish-load', preventable({}));
      this.finished.resolve();
      if (this.load?.loaderId === loaderId) this.load.resolve();
      else this.load?.reject(loadError('net::ERR_ABORTED', this.load.url));
      this.load = undefined;
    }
    // An empty page never paints; then having loaded is all there is to show.
    if (this.hasShownContent || (name !== 'load' && name !== 'firstPaint')) return;
    this.hasShownContent = true;
    this.contents.emit('first-content');
  }

  closed(): void {
    this.load?.reject(loadError('net::ERR_ABORTED', this.load.url));
    this.load = undefined;
  }

  private asks(name: 'will-navigate' | 'will-redirect', url: string): boolean {
    const event = preventable({ url, isSameDocument: false, isMainFrame: true, frame: this.mainFrame });
    this.contents.emit(name, event, url, false, true);
    return !event.defaultPrevented;
  }

  private tellFailure(errorText: string, url: string): void {
    const { code, description } = netError(errorText);
    this.contents.emit('did-fail-load', preventable({}), code, description, url, true);
  }
}

function loadError(errorText: string, url: string): Error {
  const { code, description } = netError(errorText);
  return Object.assign(new Error(`${description} (${code}) loading '${url}'`), { errno: code, code: description, url });
}

function createFrame(url: string): WebFrameMain {
  return named('WebFrameMain', {
    ...{ url, origin: originOf(url), parent: null, name: '' },
    get top() {
      return this;
    },
  });
}

function withoutHash(url: string): string {
  return url.split('#', 1)[0] ?? url;
}
