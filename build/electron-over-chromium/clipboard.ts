import { findClipboardTool } from './clipboard-tools.ts';
import { named, notImplemented } from './unimplemented.ts';

type Payload = string | Blob | Promise<string | Blob>;

/** Electron's class, with what it was made of. */
export class ClipboardItem {
  readonly types: string[];
  private readonly items: Readonly<Record<string, Payload>>;

  constructor(items: Readonly<Record<string, Payload>>) {
    this.items = items;
    this.types = Object.keys(items);
  }

  async getType(type: string): Promise<Blob> {
    const payload = await this.items[type];
    if (payload === undefined) throw new Error(`The type '${type}' was not found`);
    return typeof payload === 'string' ? new Blob([payload], { type }) : payload;
  }
}

export interface Clipboard {
  clear(): void;
  readText(): Promise<string>;
  write(items: readonly ClipboardItem[]): Promise<void>;
  writeText(text: string): Promise<void>;
}

const plain = 'text/plain';

/**
 * The desktop's clipboard through its tool where there is one: that carries text and nothing else, and a `write` of more
 * is refused, so that the app can choose what to do without. Without a display, a clipboard of this process alone, with
 * every format. With a display and no tool every call is refused: what is copied must not seem to be.
 */
export function createClipboard(env: NodeJS.ProcessEnv, hasDisplay: boolean): Clipboard {
  if (!hasDisplay) return ownClipboard();
  const tool = findClipboardTool(env);
  return tool === undefined ? absentClipboard() : desktopClipboard(tool);
}

function desktopClipboard(tool: NonNullable<ReturnType<typeof findClipboardTool>>): Clipboard {
  /** Electron's `clear` waits for nobody: what is read or written after it must find it done. */
  let cleared: Promise<void> = Promise.resolve();
  const write = (text: string) => cleared.then(() => tool.write(text));
  return named('clipboard', {
    clear() {
      cleared = cleared.then(tool.clear).catch(() => {});
    },
    readText: () => cleared.then(tool.read),
    writeText: write,
    async write(items: readonly ClipboardItem[]) {
      const [item, ...others] = items;
      const isText = item?.types.length === 1 && item.types[0] === plain && others.length === 0;
      if (!isText) throw notImplemented('clipboard.write of more than text');
      await write(await (await item.getType(plain)).text());
    },
  });
}

function absentClipboard(): Clipboard {
  const refuse = async () => {
    throw notImplemented('The clipboard without xclip, wl-clipboard or pbcopy');
  };
  return named('clipboard', {
    clear: () => {},
    readText: refuse,
    write: refuse,
    writeText: refuse,
  });
}

function ownClipboard(): Clipboard {
  let held: ReadonlyMap<string, Blob> = new Map();
  return named('clipboard', {
    clear() {
      held = new Map();
    },
    readText: async () => (await held.get(plain)?.text()) ?? '',
    async writeText(text: string) {
      held = new Map([[plain, new Blob([text], { type: plain })]]);
    },
    async write(items: readonly ClipboardItem[]) {
      const all = items.flatMap((item) => item.types.map(async (type) => [type, await item.getType(type)] as const));
      held = new Map(await Promise.all(all));
    },
  });
}
