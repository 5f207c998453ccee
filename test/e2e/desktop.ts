import { expect } from '@playwright/test';
import type { DoublesCommand } from './doubles.ts';

/** The desktop around the app, as far as a test plays it. */
export interface Desktop {
  /** Moves the clock of the window (not of the core) on: what is due then happens. */
  advance(durationMs: number): Promise<void>;
  /** Nobody touched keyboard or pointer for so long. */
  beIdle(seconds: number): Promise<void>;
  announce(event: 'lock-screen' | 'suspend'): Promise<void>;
  /** The screen is locked or no longer, and no event says so, as on Linux. */
  lockScreen(isLocked: boolean): Promise<void>;
  clipboard(): Promise<string>;
  /** The format of everything that is on the clipboard. */
  clipboardFormats(): Promise<readonly string[]>;
  /** From now on it takes text only, as where the desktop's clipboard is reached by a tool. */
  refuseFormats(): Promise<void>;
  /** From now on nothing can be put on it. */
  refuseCopies(): Promise<void>;
  /** From now on it cannot be cleared, as where the tool that reaches it fails. */
  keepClipboard(): Promise<void>;
  /** Somebody copies something else. */
  copy(text: string): Promise<void>;
  /** The addresses that were opened in the system's browser. */
  opened(): Promise<readonly string[]>;
  /** The name of each download that a page asked for, and `refused` or `allowed`. */
  downloads(): Promise<readonly string[]>;
  /** There is a keychain from now on; before, there is none. */
  haveKeychain(): Promise<void>;
  /** It cannot even be asked, until `haveKeychain`. */
  breakKeychain(): Promise<void>;
  /** It has another key of its own: what it encrypted before is lost. */
  resetKeychain(): Promise<void>;
  /** The desktop uses one of another name. */
  changeKeychain(): Promise<void>;
  /** The value of a switch that the app gave its browser. */
  switch(name: string): Promise<string>;
  minimize(): Promise<void>;
  /** What the app hears when somebody starts it again, with this vault where one is named. */
  startAgain(vaultDir?: string): Promise<void>;
  /** `minimized` or `open`. */
  window(): Promise<string>;
  /** From now on the core fails these calls, and no others. */
  failCalls(channels: readonly string[]): Promise<void>;
  /** As the system would, short of memory. */
  killCore(): Promise<void>;
  /** From now on the core does nothing, until an act of `whileCoreRests` is over. */
  holdCore(): Promise<void>;
  /** While `act` goes on, the core does nothing: what it is asked meanwhile it does afterwards. */
  whileCoreRests(act: () => Promise<void>): Promise<void>;
}

/** @param url where the app's doubles listen */
export function desktopAt(url: string): Desktop {
  const tell = async (command: DoublesCommand): Promise<unknown> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(command) });
    if (!response.ok) throw new Error(await response.text());
    return Object(await response.json()).answer;
  };
  return {
    advance: async (ms) => void (await tell({ do: 'advance', ms })),
    beIdle: async (seconds) => void (await tell({ do: 'be-idle', seconds })),
    announce: async (event) => void (await tell({ do: 'announce', event })),
    lockScreen: async (isLocked) => void (await tell({ do: 'lock-screen', isLocked })),
    clipboard: async () => String(await tell({ do: 'read-clipboard' })),
    clipboardFormats: async () => [await tell({ do: 'read-formats' })].flat().map(String),
    keepClipboard: async () => void (await tell({ do: 'keep-clipboard' })),
    refuseCopies: async () => void (await tell({ do: 'refuse-copies' })),
    refuseFormats: async () => void (await tell({ do: 'refuse-formats' })),
    copy: async (text) => void (await tell({ do: 'copy', text })),
    opened: async () => [await tell({ do: 'read-opened' })].flat().map(String),
    downloads: async () => [await tell({ do: 'read-downloads' })].flat().map(String),
    haveKeychain: async () => void (await tell({ do: 'have-keychain' })),
    breakKeychain: async () => void (await tell({ do: 'break-keychain' })),
    resetKeychain: async () => void (await tell({ do: 'reset-keychain' })),
    changeKeychain: async () => void (await tell({ do: 'change-keychain' })),
    switch: async (name) => String(await tell({ do: 'read-switch', name })),
    minimize: async () => void (await tell({ do: 'minimize' })),
    startAgain: async (vaultDir) =>
      void (await tell({ do: 'start-again', ...(vaultDir === undefined ? {} : { vaultDir }) })),
    window: async () => String(await tell({ do: 'read-window' })),
    failCalls: async (channels) => void (await tell({ do: 'fail-calls', channels })),
    killCore: async () => void (await tell({ do: 'kill-core' })),
    holdCore: async () => void (await tell({ do: 'hold-core' })),
    async whileCoreRests(act) {
      await tell({ do: 'hold-core' });
      try {
        await act();
      } finally {
        await tell({ do: 'let-core-go' });
      }
    },
  };
}

/** The address that the app gave to the system's browser last, after `before` others. */
export async function addressOpened({ desktop }: { readonly desktop: Desktop }, before = 0): Promise<string> {
  await expect.poll(async () => (await desktop.opened()).length).toBe(before + 1);
  return (await desktop.opened()).at(-1) ?? '';
}
