import type { Clipboard } from '../../../shared/contract/window.ts';
import { useNow } from '../../state/use-rondo.tsx';

export type Holding = Extract<Clipboard, { state: 'holding' }>;

/** Clearing takes a moment: only what is later than this did not work. */
const overdueMs = 2_000;

/** How long the value is still on the clipboard. */
export function useClipboardTime({ clearsAt }: Holding): { readonly leftMs: number; readonly isOverdue: boolean } {
  const dueMs = Date.parse(clearsAt) - useNow(250);
  return { leftMs: Math.max(0, dueMs), isOverdue: dueMs < -overdueMs };
}
