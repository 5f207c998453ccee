import type { Failure } from '../../shared/contract/result.ts';
import type { Clipboard, Door, Settings } from '../../shared/contract/window.ts';
import { noteOf } from './notes.ts';
import type { Tools } from './tools.ts';

export type VaultView =
  | { readonly is: 'reading' }
  | { readonly is: 'unreachable'; readonly failure: Failure }
  | { readonly is: 'missing'; readonly path: string }
  | { readonly is: 'locked'; readonly path: string }
  | { readonly is: 'open'; readonly path: string };

export type Entry =
  | { readonly at: 'idle'; readonly wrongTries: number }
  | { readonly at: 'deriving'; readonly wrongTries: number }
  | { readonly at: 'refused'; readonly wrongTries: number; readonly retryAtMs: number; readonly failure: Failure };

export interface DoorSlice {
  readonly vault: VaultView;
  readonly entry: Entry;
  readonly door: Door | undefined;
  readonly settings: Settings;
  readonly clipboard: Clipboard;
  windowOpened(): Promise<void>;
  passwordChosen(password: Uint8Array): Promise<Failure | undefined>;
  passwordEntered(password: Uint8Array): Promise<void>;
  /** Both are overwritten. */
  passwordReplaced(current: Uint8Array, next: Uint8Array): Promise<Failure | undefined>;
  lockPressed(): Promise<void>;
  settingsChanged(change: Partial<Settings>): Promise<void>;
  clipboardClearPressed(): Promise<void>;
}

/**
 * Seconds to wait after each wrong password. They only spare a person's own mistyping hands: a thief with the file
 * does not use this window, and the key derivation is what makes each of his guesses slow.
 */
const pausesMs = [0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

export function pauseAfterMs(wrongTries: number): number {
  return pausesMs[Math.min(wrongTries, pausesMs.length - 1)] ?? 0;
}

export function createDoorSlice({ api, now, get, set }: Tools): DoorSlice {
  return {
    vault: { is: 'reading' },
    entry: { at: 'idle', wrongTries: 0 },
    door: undefined,
    settings: { theme: 'system', idleMs: 10 * 60_000 },
    clipboard: { state: 'empty' },

    async windowOpened() {
      const [window, reading] = [await api.call('window.read', {}), api.call('vault.status', {})];
      if (window.ok) {
        // The door at once: a password can be typed while the core is on its way.
        const { vault, ...rest } = window.value;
        const { path } = vault;
        set({ ...rest, ...(get().vault.is === 'reading' ? { vault: doorOf(vault.exists, path) } : {}) });
      }
      const status = await reading;
      if (!status.ok) return set({ vault: { is: 'unreachable', failure: status.error } });
      const { exists, locked, path } = status.value.vault;
      if (!exists || locked) return set({ vault: doorOf(exists, path) });
      set({ vault: { is: 'open', path } });
      await get().inventoryOpened();
    },

    async passwordChosen(password) {
      set({ entry: { at: 'deriving', wrongTries: 0 } });
      try {
        const created = await api.call('vault.create', { password: password.slice() });
        if (!created.ok) return created.error;
        const opened = await api.call('vault.unlock', { password });
        if (!opened.ok) return opened.error;
        set({ vault: { is: 'open', path: created.value.vault.path } });
        await get().inventoryOpened();
        return undefined;
      } finally {
        password.fill(0);
        set({ entry: { at: 'idle', wrongTries: 0 } });
      }
    },

    async passwordEntered(password) {
      const { wrongTries } = get().entry;
      set({ entry: { at: 'deriving', wrongTries } });
      try {
        const opened = await api.call('vault.unlock', { password });
        if (!opened.ok) {
          const tries = opened.error.code === 'wrong-password' ? wrongTries + 1 : wrongTries;
          const retryAtMs = now() + pauseAfterMs(tries);
          return set({ entry: { at: 'refused', wrongTries: tries, retryAtMs, failure: opened.error } });
        }
        set({
          entry: { at: 'idle', wrongTries: 0 },
          vault: { is: 'open', path: opened.value.vault.path },
        });
        await get().inventoryOpened();
      } finally {
        password.fill(0);
      }
    },

    async passwordReplaced(current, next) {
      try {
        const answer = await api.call('vault.change-password', { password: current, newPassword: next });
        return answer.ok ? undefined : answer.error;
      } finally {
        current.fill(0);
        next.fill(0);
      }
    },

    async lockPressed() {
      const locked = await api.call('window.lock', {});
      if (!locked.ok) get().noteShown(noteOf(locked.error));
    },

    async settingsChanged(change) {
      const answer = await api.call('settings.change', change);
      if (answer.ok) set(answer.value);
      else get().noteShown(noteOf(answer.error));
    },

    async clipboardClearPressed() {
      const answer = await api.call('clipboard.clear', {});
      if (answer.ok) set(answer.value);
      else get().noteShown(noteOf(answer.error));
    },
  };
}

function doorOf(exists: boolean, path: string): VaultView {
  return { is: exists ? 'locked' : 'missing', path };
}

/** Names, searches and open dialogs do not outlive the lock; the place and the chosen row are ids and stay. */
export function vaultLocked({ set }: Tools, path: string): void {
  set({
    vault: { is: 'locked', path },
    entry: { at: 'idle', wrongTries: 0 },
    inventory: { is: 'unread' },
    rotations: new Map(),
    sync: { is: 'idle' },
    overlay: { open: 'none' },
    activity: { is: 'unread' },
    reading: { is: 'none' },
    checks: new Map(),
    notes: [],
    search: '',
  });
}
