import type { Api } from '../bridge/api.ts';
import type { RondoState } from './store.ts';

/** What every slice works with. `set` merges; nothing else writes to the store. */
export interface Tools {
  readonly api: Api;
  readonly now: () => number;
  get(): RondoState;
  set(change: Partial<RondoState>): void;
}
