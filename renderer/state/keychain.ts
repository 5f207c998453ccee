import type { Failure } from '../../shared/contract/result.ts';
import type { Keychain } from '../../shared/contract/window.ts';
import { vaultOpened } from './door.ts';
import type { Tools } from './tools.ts';

export type KeychainView = { readonly is: 'unread' } | { readonly is: 'read'; readonly keychain: Keychain };

/** The system's keychain as a way into the vault. Both acts overwrite the password that was shown for them. */
export interface KeychainSlice {
  readonly keychain: KeychainView;
  keychainAsked(): Promise<void>;
  keychainTurnedOn(password: Uint8Array): Promise<Failure | undefined>;
  keychainTurnedOff(password: Uint8Array): Promise<Failure | undefined>;
  keychainPressed(): Promise<void>;
}

export function createKeychainSlice(tools: Tools): KeychainSlice {
  const { api, get, set } = tools;
  return {
    keychain: { is: 'unread' },

    async keychainAsked() {
      const answer = await api.call('keychain.read', {});
      if (answer.ok) set({ keychain: { is: 'read', ...answer.value } });
    },

    async keychainTurnedOn(password) {
      try {
        const answer = await api.call('keychain.remember', { password });
        if (!answer.ok) return answer.error;
        set({ keychain: { is: 'read', ...answer.value } });
        await get().waysAsked();
        return undefined;
      } finally {
        password.fill(0);
      }
    },

    async keychainTurnedOff(password) {
      try {
        const removed = await api.call('vault.remove-way', { password, way: 'keychain' });
        if (!removed.ok) return removed.error;
        await get().waysAsked();
        const answer = await api.call('keychain.forget', {});
        if (!answer.ok) return answer.error;
        set({ keychain: { is: 'read', ...answer.value } });
        return undefined;
      } finally {
        password.fill(0);
      }
    },

    async keychainPressed() {
      set({ entry: { at: 'deriving' } });
      const answer = await api.call('keychain.unlock', {});
      if (!answer.ok) return set({ entry: { at: 'refused', failure: answer.error } });
      const { vault } = get();
      if (vault.is === 'locked') {
        const status = await api.call('vault.status', {});
        set({ entry: { at: 'idle' } });
        vaultOpened(tools, status.ok ? status.value.vault : { path: vault.path });
      }
      await Promise.all([get().damageAsked(), get().inventoryOpened()]);
    },
  };
}
