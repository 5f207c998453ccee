import type { DevTools } from './devtools-pipe.ts';
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
 * The rules of a partition: what its windows may load, ask for and keep.
 *
 * Permissions and downloads are always refused, whatever the handlers would say: the browser has no question that could
 * be passed on in time. An app that refuses everything, as it should, behaves the same; one that would allow something
 * sees a refusal, never the other way round.
 */
export class Session extends NamedEmitter {
  readonly protocol: Protocol;
  readonly handlerOf: (externalUrl: string) => Handler | undefined;
  readonly webRequest: { onBeforeRequest(listener: BeforeRequestListener | null): void };
  private readonly pages = new Set<DevTools>();
  private beforeRequest: BeforeRequestListener | null = null;

  constructor(schemes: Schemes) {
    super();
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

  setPermissionRequestHandler(_handler: unknown): void {}

  setPermissionCheckHandler(_handler: unknown): void {}

  async clearStorageData(options?: object): Promise<void> {
    if (options !== undefined) throw notImplemented('session.clearStorageData with options');
    await this.onEveryPage(async (page) => {
      await page.send('Network.clearBrowserCookies', {});
      const { frameTree } = await page.send('Page.getFrameTree', {});
      const { origin } = new URL(frameTree.frame.url);
      if (origin !== 'null') await page.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    });
  }

  async clearCache(): Promise<void> {
    await this.onEveryPage((page) => page.send('Network.clearBrowserCache', {}));
  }

  /** Whether the app lets this request go. */
  asks(details: BeforeRequest): Promise<boolean> {
    const listener = this.beforeRequest;
    if (listener === null) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      listener(details, ({ cancel, redirectURL }) => {
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

  addPage(page: DevTools): void {
    this.pages.add(page);
  }

  removePage(page: DevTools): void {
    this.pages.delete(page);
  }

  private async onEveryPage(act: (page: DevTools) => Promise<unknown>): Promise<void> {
    await Promise.all([...this.pages].map(act));
  }
}

export interface Sessions {
  readonly defaultSession: Session;
  fromPartition(partition: string): Session;
}

/** @throws by name for a partition that should last: a window's profile goes with it */
export function createSessions(schemes: Schemes): Sessions {
  const partitions = new Map<string, Session>();
  const defaultSession = new Session(schemes);
  return {
    defaultSession,
    fromPartition(partition) {
      if (partition.startsWith('persist:')) throw notImplemented('a persistent partition');
      if (partition === '') return defaultSession;
      const session = partitions.get(partition) ?? new Session(schemes);
      partitions.set(partition, session);
      return session;
    },
  };
}
