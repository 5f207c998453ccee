import type { Failure, Result } from '../../shared/contract/result.ts';
import type { Besides } from '../text/recovery.ts';
import type { Tools } from './tools.ts';

export type WaysView =
  | { readonly is: 'unread' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'read'; readonly recovery: boolean; readonly keychain: boolean };

/** Besides the recovery code. Where it is not known, the words are those that hold either way. */
export function besidesOf(ways: WaysView): Besides {
  return ways.is === 'read' && !ways.keychain ? 'password-only' : 'keychain-too';
}

/** Ways into the vault besides the password. Both acts overwrite the password that was shown for them. */
export interface WaysSlice {
  readonly ways: WaysView;
  waysAsked(): Promise<void>;
  /** The code passes by, to the component that shows it and overwrites it. */
  recoveryCodeWanted(password: Uint8Array): Promise<Result<{ recoveryCode: Uint8Array }>>;
  recoveryCodeRemoved(password: Uint8Array): Promise<Failure | undefined>;
}

export async function readWays({ api }: Pick<Tools, 'api'>): Promise<WaysView> {
  const answer = await api.call('vault.ways', {});
  return answer.ok ? { is: 'read', ...answer.value } : { is: 'failed', failure: answer.error };
}

export function createWaysSlice({ api, get, set }: Tools): WaysSlice {
  return {
    ways: { is: 'unread' },

    async waysAsked() {
      set({ ways: await readWays({ api }) });
    },

    async recoveryCodeWanted(password) {
      try {
        const answer = await api.call('vault.make-recovery-code', { password });
        if (answer.ok) await get().waysAsked();
        return answer;
      } finally {
        password.fill(0);
      }
    },

    async recoveryCodeRemoved(password) {
      try {
        const answer = await api.call('vault.remove-way', { password, way: 'recovery' });
        if (!answer.ok) return answer.error;
        await get().waysAsked();
        return undefined;
      } finally {
        password.fill(0);
      }
    },
  };
}
