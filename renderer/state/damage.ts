import type { Failure } from '../../shared/contract/result.ts';
import type { DamageReport } from '../../shared/contract/vault.ts';
import type { Tools } from './tools.ts';

export type DamageView = { readonly is: 'none' } | { readonly is: 'found'; readonly report: DamageReport };

export interface DamageSlice {
  readonly damage: DamageView;
  /** What could not be read, and what a repair would do about it. */
  damageAsked(): Promise<void>;
  /** When it is done, the vault has locked itself, and this page goes. */
  vaultRepaired(words: { readonly confirm: string; readonly setAside?: string }): Promise<Failure | undefined>;
}

export function createDamageSlice({ api, set }: Tools): DamageSlice {
  return {
    damage: { is: 'none' },

    async damageAsked() {
      const answer = await api.call('vault.damage', {});
      if (!answer.ok) return;
      const report = answer.value;
      set({ damage: report.damaged.length === 0 ? { is: 'none' } : { is: 'found', report } });
    },

    async vaultRepaired(words) {
      const answer = await api.call('vault.repair', words);
      if (!answer.ok) return answer.error;
      // Where nothing was damaged any more it is as open as before.
      if (answer.value.damaged.length === 0) set({ damage: { is: 'none' } });
      return undefined;
    },
  };
}
