import { once } from 'node:events';

/** What a desktop does with a window, without its app: through a second connection to its browser. */
export interface DesktopAround extends AsyncDisposable {
  setState(windowState: 'minimized' | 'normal'): Promise<void>;
  state(): Promise<unknown>;
}

/** @param address as the browser says it where it has a debugging port */
export async function desktopAround(address: string): Promise<DesktopAround> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let lastId = 0;
  /** One question at a time. */
  async function ask(method: string, params: object = {}) {
    lastId += 1;
    socket.send(JSON.stringify({ id: lastId, method, params }));
    for (;;) {
      const [{ data }] = await once(socket, 'message');
      const { id, result, error } = JSON.parse(String(data));
      if (error !== undefined) throw new Error(error.message);
      if (id === lastId) return result;
    }
  }
  const { targetInfos } = await ask('Target.getTargets');
  const { targetId } = targetInfos.find(({ type }: { readonly type: string }) => type === 'page');
  const window = () => ask('Browser.getWindowForTarget', { targetId });
  return {
    async setState(windowState) {
      const { windowId } = await window();
      await ask('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    },
    state: async () => (await window()).bounds.windowState,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}
