import { createProtocol, type Handler, type Protocol, type Schemes } from './protocol.ts';
import { NamedEmitter, named, notImplemented, preventable } from './unimplemented.ts';

export interface BeforeRequest {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly webContentsId: number;
  readonly referrer: string;
  readonly timestamp: number;
}

type BeforeRequestListener = (
  details: BeforeRequest,
  callback: (response: { cancel?: boolean; redirectURL?: string }) => void,
) => void;

/**
 * The one session: what windows may load and ask for.
 *
 * Permissions and downloads are always refused, whatever the handlers would say: the browser has no question that could
 * be passed on in time. An app that refuses everything, as it should, behaves the same; one that would allow something
 * sees a refusal, never the other way round. Electron grants everything to an app that has no handlers: so that one which
 * forgot them is found out here, it gets no window.
 */
export class Session extends NamedEmitter {
  readonly protocol: Protocol;
  readonly handlerOf: (externalUrl: string) => Handler | undefined;
  readonly webRequest: { onBeforeRequest(listener: BeforeRequestListener | null): void };
  private beforeRequest: BeforeRequestListener | null = null;
  private hasRequestHandler = false;
  private hasCheckHandler = false;

  constructor(schemes: Schemes) {
    super(['will-download']);
    const { protocol, handlerOf } = createProtocol(schemes);
    this.protocol = protocol;
    this.handlerOf = handlerOf;
    this.webRequest = named('webRequest', {
      onBeforeRequest: (first: unknown, ...rest: readonly unknown[]) => {
        if (rest.length > 0) throw notImplemented('webRequest.onBeforeRequest with a filter');
        if (first !== null && typeof first !== 'function') throw new TypeError('Must pass null or a Function');
        this.beforeRequest = first as BeforeRequestListener | null;
      },
    });
  }

  setPermissionRequestHandler(handler: unknown): void {
    this.hasRequestHandler = typeof handler === 'function';
  }

  setPermissionCheckHandler(handler: unknown): void {
    this.hasCheckHandler = typeof handler === 'function';
  }

  /** @throws Error by name where the app has not said what a page may ask for: then everything, to Electron */
  refuseUnguarded(): void {
    const lacking = [
      ...(this.hasRequestHandler ? [] : ['setPermissionRequestHandler']),
      ...(this.hasCheckHandler ? [] : ['setPermissionCheckHandler']),
    ];
    if (lacking.length > 0) throw notImplemented(`a BrowserWindow before session.${lacking.join(' and session.')}`);
  }

  /** Whether the app lets this request go. */
  asks(details: BeforeRequest): Promise<boolean> {
    const listener = this.beforeRequest;
    if (listener === null) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      listener(named('OnBeforeRequestListenerDetails', details), ({ cancel, redirectURL }) => {
        if (redirectURL !== undefined) reject(notImplemented('webRequest.onBeforeRequest with redirectURL'));
        resolve(cancel !== true);
      });
    });
  }

  /** A download that the browser has been told to refuse. */
  announceDownload(url: string, fileName: string, webContents: object): void {
    const item = named('DownloadItem', { getURL: () => url, getFilename: () => fileName, cancel: () => {} });
    this.emit('will-download', preventable({}), item, webContents);
  }
}
