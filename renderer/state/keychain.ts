import type { Failure } from '../../shared/contract/result.ts';
import type { Keychain } from '../../shared/contract/window.ts';
import { vaultOpened } from './door.ts';
import type { Tools } from './tools.ts';
import { readWays } from './ways.ts';

export type KeychainView =
  | { readonly is: 'unread' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'read'; readonly keychain: Keychain };

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

  /** Both at once: what the keychain keeps and the vault does not know yet, or any more, would be told as outdated. */
  async function changed(keychain: Keychain): Promise<void> {
    const ways = await readWays(tools);
    set({ ways, keychain: { is: 'read', keychain } });
  }

  return {
    keychain: { is: 'unread' },

    async keychainAsked() {
      const answer = await api.call('keychain.read', {});
      set({ keychain: answer.ok ? { is: 'read', ...answer.value } : { is: 'failed', failure: answer.error } });
    },

    async keychainTurnedOn(password) {
      try {
        const answer = await api.call('keychain.remember', { password });
        if (!answer.ok) return answer.error;
        await changed(answer.value.keychain);
        return undefined;
      } finally {
        password.fill(0);
      }
    },

    async keychainTurnedOff(password) {
      try {
        const removed = await api.call('vault.remove-way', { password, way: 'keychain' });
        if (!removed.ok) return removed.error;
        const answer = await api.call('keychain.forget', {});
        if (answer.ok) await changed(answer.value.keychain);
        else await get().waysAsked();
        return answer.ok ? undefined : answer.error;
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
