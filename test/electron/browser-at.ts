import { once } from 'node:events';

/** A second connection to the browser of an app: beside the app, and without what tools for tests pretend to its pages. */
export interface BrowserConnection extends AsyncDisposable {
  /** One question at a time. @throws Error with what the browser says */
  ask(method: string, params?: object): Promise<BrowserAnswer>;
  /** Resolves with the next event that matches. */
  next(isWanted: (event: BrowserEvent) => boolean): Promise<BrowserEvent>;
}

interface Target {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

/** As far as it is read here. */
interface BrowserAnswer {
  readonly targetInfos: readonly Target[];
  readonly windowId: number;
  readonly bounds: { readonly windowState: string };
}

interface BrowserEvent {
  readonly method: string;
  readonly params: { readonly targetId?: string; readonly targetInfo?: Target };
}

/** @param address as a browser with a debugging port says it */
export async function browserAt(address: string): Promise<BrowserConnection> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let lastId = 0;
  async function message(
    isWanted: (message: BrowserEvent & { id?: number; error?: Error; result: BrowserAnswer }) => boolean,
  ) {
    const found = Promise.withResolvers<Parameters<typeof isWanted>[0]>();
    const look = ({ data }: MessageEvent) => {
      const message = JSON.parse(String(data));
      if (isWanted(message)) found.resolve(message);
    };
    socket.addEventListener('message', look);
    return found.promise.finally(() => socket.removeEventListener('message', look));
  }
  return {
    async ask(method, params = {}) {
      lastId += 1;
      const answer = message(({ id }) => id === lastId);
      socket.send(JSON.stringify({ id: lastId, method, params }));
      const { error, result } = await answer;
      if (error !== undefined) throw new Error(error.message);
      return result;
    },
    next: message,
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** What a desktop does with the browser's window, without its app. */
export function desktopAround({ ask }: BrowserConnection) {
  const window = async () => {
    const { targetInfos } = await ask('Target.getTargets');
    return ask('Browser.getWindowForTarget', { targetId: targetInfos.find(({ type }) => type === 'page')?.targetId });
  };
  return {
    async setState(windowState: 'minimized' | 'maximized' | 'normal') {
      const { windowId } = await window();
      await ask('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    },
    state: async () => (await window()).bounds.windowState,
  };
}
