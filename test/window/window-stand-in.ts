import type { Core } from '../../main/core.ts';
import type { EventOf } from '../../shared/contract/kit.ts';
import type { Result } from '../../shared/contract/result.ts';
import { failure, success } from '../../shared/contract/result.ts';
import type { Clipboard, Door, Settings, windowEvents } from '../../shared/contract/window.ts';

type WindowEvent = EventOf<typeof windowEvents>;

/** What the desktop answers beside the core: door, settings, clipboard. In memory, for looking and for tests. */
export interface WindowStandIn {
  readonly answers: (channel: string) => boolean;
  answer(channel: string, input: unknown): Promise<Result<unknown>>;
  /** What is on the clipboard, as a test may look at it. */
  clipboardText(): string | undefined;
  /** Somebody copies something else. */
  replaceClipboard(text: string): void;
  close(): void;
}

const clearAfterMs = 30_000;

export function createWindowStandIn(core: Core, announce: (event: WindowEvent) => void): WindowStandIn {
  let door: Door = { core: 'ready', lockedBecause: 'start', version: '0.1.0', runtime: 'Chromium, in a test' };
  let settings: Settings = { theme: 'system', idleMs: 15 * 60_000 };
  let clipboard: Clipboard = { state: 'empty' };
  let text: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let revision = 0;

  function nextRevision(): number {
    revision += 1;
    return revision;
  }
  function clipboardIs(value: Clipboard): void {
    clipboard = value;
    announce({ event: 'clipboard.changed', revision: nextRevision(), value });
  }
  function clear(): void {
    clearTimeout(timer);
    text = undefined;
    if (clipboard.state === 'holding') clipboardIs({ state: 'cleared', token: clipboard.token });
  }

  const handlers: Readonly<Record<string, (input: unknown) => Promise<Result<unknown>>>> = {
    'window.read': async () => success({ door, settings, clipboard }),
    'window.lock': async () => {
      const locked = await core.client('vault.lock', {});
      if (!locked.ok) return locked;
      door = { ...door, lockedAt: new Date().toISOString(), lockedBecause: 'person' };
      announce({ event: 'door.changed', revision: nextRevision(), value: door });
      return success({});
    },
    'settings.change': async (input) => {
      settings = { ...settings, ...(input as Partial<Settings>) };
      announce({ event: 'settings.changed', revision: nextRevision(), value: settings });
      return success({ settings });
    },
    'token.copy': async (input) => {
      const { id } = input as { id: string };
      const taken = await core.client('token.take', { id });
      if (!taken.ok) return taken;
      text = new TextDecoder().decode(taken.value.value);
      clearTimeout(timer);
      timer = setTimeout(clear, clearAfterMs);
      clipboardIs({
        state: 'holding',
        token: id,
        clearsAt: new Date(Date.now() + clearAfterMs).toISOString(),
        marked: true,
      });
      return success({ clipboard });
    },
    'clipboard.clear': async () => {
      clear();
      return success({ clipboard });
    },
    'page.open': async () =>
      failure({ code: 'unsupported', message: 'There is no browser here. Nothing was changed.' }),
  };

  return {
    answers: (channel) => Object.hasOwn(handlers, channel),
    answer: async (channel, input) =>
      handlers[channel]?.(input) ?? failure({ code: 'usage', message: `${channel} is not the window's` }),
    clipboardText: () => text,
    replaceClipboard(other) {
      clearTimeout(timer);
      text = other;
      if (clipboard.state === 'holding') clipboardIs({ state: 'replaced', token: clipboard.token });
    },
    close: () => clearTimeout(timer),
  };
}
