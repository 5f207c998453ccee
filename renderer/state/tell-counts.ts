import { countsOf } from './counts.ts';
import type { Tools } from './tools.ts';

/** The page after this one may show them, once it is locked: this one will be gone with all that it knows. */
export function tellCounts({ api, get, now }: Tools): void {
  const { inventory, rotations, jobHeads } = get();
  if (inventory.is !== 'read') return;
  const { need, due, waiting } = countsOf(inventory.value.tokens, [...rotations.values()], now());
  const begun = [...rotations.values()].filter(({ state }) => state === 'planned' || state === 'running').length;
  const toBegin = jobHeads.reduce((sum, { state, counts }) => sum + (state === 'running' ? counts.pending : 0), 0);
  const underWay = begun + toBegin;
  void api.call('window.count', { need, due, waiting: waiting + underWay, underWay });
}
