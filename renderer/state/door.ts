import type { Failure } from '../../shared/contract/result.ts';
import type { VaultStatus } from '../../shared/contract/vault.ts';
import type { Door, Settings } from '../../shared/contract/window.ts';
import { rightsTexts } from '../../shared/exposed-text.ts';
import { longestPauseMs } from '../../shared/unlock-pause.ts';
import { noteOf } from './notes.ts';
import { placeOf } from './stood.ts';
import type { Tools } from './tools.ts';

export type VaultView =
  | { readonly is: 'reading' }
  | { readonly is: 'unreachable'; readonly failure: Failure }
  | { readonly is: 'missing'; readonly path: string }
  | { readonly is: 'locked'; readonly path: string }
  /** `exposed`: its files to which others have rights that could not be taken away. */
  | { readonly is: 'open'; readonly path: string; readonly exposed?: readonly string[] };

export type Entry =
  | { readonly at: 'idle' }
  | { readonly at: 'deriving' }
  | { readonly at: 'refused'; readonly failure: Failure };

export interface DoorSlice {
  readonly vault: VaultView;
  readonly entry: Entry;
  readonly door: Door | undefined;
  readonly settings: Settings;
  windowOpened(): Promise<void>;
  passwordChosen(password: Uint8Array): Promise<Failure | undefined>;
  /** `way`: what the bytes are. */
  passwordEntered(bytes: Uint8Array, way?: 'password' | 'recoveryCode'): Promise<void>;
  /** What was said of one way in says nothing of another. */
  otherWayPressed(): void;
  /** Both are overwritten. */
  passwordReplaced(current: Uint8Array, next: Uint8Array): Promise<Failure | undefined>;
  lockPressed(): Promise<void>;
  otherVaultSeen(): Promise<void>;
  settingsChanged(change: Partial<Settings>): Promise<void>;
}

/** How long it is still too soon for another password. */
export function unlockWaitMs(door: Door | undefined, nowMs: number): number {
  const leftMs = door?.retryAt === undefined ? 0 : Date.parse(door.retryAt) - nowMs;
  return leftMs > longestPauseMs ? 0 : Math.max(0, leftMs);
}

export function createDoorSlice(tools: Tools): DoorSlice {
  const { api, get, set } = tools;
  return {
    vault: { is: 'reading' },
    entry: { at: 'idle' },
    door: undefined,
    settings: { theme: 'system', idleMs: 10 * 60_000 },

    async windowOpened() {
      const [window, reading] = [await api.call('window.read', {}), api.call('vault.status', {})];
      if (window.ok) {
        // The door at once: a password can be typed while the core is on its way.
        const { vault, stood, ...rest } = window.value;
        const { path } = vault;
        if (stood !== undefined) set(placeOf(stood));
        set({ ...rest, ...(get().vault.is === 'reading' ? { vault: doorOf(vault.exists, path) } : {}) });
      }
      const status = await reading;
      if (!status.ok) return set({ vault: { is: 'unreachable', failure: status.error } });
      const { exists, locked, path } = status.value.vault;
      if (!exists || locked) return set({ vault: doorOf(exists, path) });
      vaultOpened(tools, status.value.vault);
      await Promise.all([get().damageAsked(), get().inventoryOpened()]);
    },

    async passwordChosen(password) {
      set({ entry: { at: 'deriving' } });
      try {
        const created = await api.call('vault.create', { password: password.slice() });
        if (!created.ok) {
          // Somebody else may have created one meanwhile: then that one has a door.
          const status = await api.call('vault.status', {});
          const { path, exists } = status.ok ? status.value.vault : { path: '', exists: false };
          set({ entry: { at: 'idle' }, ...(exists ? { vault: doorOf(exists, path) } : {}) });
          return created.error;
        }
        const opened = await api.call('vault.unlock', { password });
        // There it is, and its door says why it stays shut.
        if (!opened.ok) {
          const { path } = created.value.vault;
          set({ vault: { is: 'locked', path }, entry: { at: 'refused', failure: opened.error } });
          return undefined;
        }
        set({ entry: { at: 'idle' } });
        vaultOpened(tools, opened.value.vault);
        await get().inventoryOpened();
        return undefined;
      } finally {
        password.fill(0);
      }
    },

    async passwordEntered(bytes, way = 'password') {
      set({ entry: { at: 'deriving' } });
      try {
        const opened = await api.call(
          'vault.unlock',
          way === 'password' ? { password: bytes } : { recoveryCode: bytes },
        );
        if (!opened.ok) return set({ entry: { at: 'refused', failure: opened.error } });
        set({ entry: { at: 'idle' } });
        vaultOpened(tools, opened.value.vault);
        const { damaged, vault } = opened.value;
        const isDamaged = damaged.length > 0 || vault.mark?.finding === 'rolled-back';
        // Not after it: opening may read every account.
        await Promise.all([isDamaged ? get().damageAsked() : undefined, get().inventoryOpened()]);
      } finally {
        bytes.fill(0);
      }
    },

    otherWayPressed() {
      if (get().entry.at === 'refused') set({ entry: { at: 'idle' } });
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

    async otherVaultSeen() {
      // Main forgets it, and tells so.
      const seen = await api.call('window.other-vault-seen', {});
      if (!seen.ok) get().noteShown(noteOf(seen.error));
    },

    async settingsChanged(change) {
      const answer = await api.call('settings.change', change);
      if (answer.ok) set(answer.value);
      else get().noteShown(noteOf(answer.error));
    },
  };
}

function doorOf(exists: boolean, path: string): VaultView {
  return { is: exists ? 'locked' : 'missing', path };
}

type Opened = Pick<VaultStatus, 'path' | 'exposed' | 'narrowed'>;

/** Told once; what others still have rights to in the settings as well, as long as it is open. */
export function vaultOpened({ get, set }: Tools, vault: Opened): void {
  const { path, exposed } = vault;
  set({ vault: { is: 'open', path, ...(exposed === undefined ? {} : { exposed }) } });
  for (const { what, next } of rightsTexts(vault)) get().noteShown({ tone: 'warn', title: what, text: next });
}

/** Names, searches and open dialogs do not outlive the lock; the place and the chosen row are ids and stay. */
export function vaultLocked({ set }: Tools, path: string): void {
  set({
    vault: { is: 'locked', path },
    entry: { at: 'idle' },
    inventory: { is: 'unread' },
    rotations: new Map(),
    jobHeads: [],
    jobsFailure: undefined,
    openJob: undefined,
    jobFailure: undefined,
    sync: { is: 'idle' },
    overlay: { open: 'none' },
    signIn: { is: 'none' },
    activity: { is: 'unread' },
    reading: { is: 'none' },
    checks: new Map(),
    ways: { is: 'unread' },
    backups: { is: 'unread' },
    damage: { is: 'none' },
    notes: [],
    search: '',
    head: undefined,
    folded: new Set(),
  });
}
