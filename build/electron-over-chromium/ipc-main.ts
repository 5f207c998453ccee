import { NamedEmitter, named } from './unimplemented.ts';

/** The frame that a message came from: here always the top frame, since only that has a preload. */
export interface WebFrameMain {
  readonly url: string;
  readonly origin: string;
  readonly parent: null;
  readonly top: WebFrameMain;
  readonly name: string;
}

export interface Sender {
  send(channel: string, ...args: unknown[]): void;
}

type Handler = (event: object, ...args: unknown[]) => unknown;

/** Electron's `ipcMain`, as far as it answers `invoke`: nothing is sent to it. */
export class IpcMain extends NamedEmitter {
  private readonly handlers = new Map<string, Handler>();

  constructor() {
    super([]);
  }

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function')
      throw new Error(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.handlers.set(channel, handler);
  }

  /** @throws what the handler throws */
  async invoke(channel: string, args: readonly unknown[], sender: Sender, senderFrame: WebFrameMain): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return await handler(named('IpcMainInvokeEvent', { type: 'frame', sender, senderFrame }), ...args);
  }
}
