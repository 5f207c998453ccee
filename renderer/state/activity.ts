import type { AuditEntry } from '../../shared/contract/audit.ts';
import type { Failure } from '../../shared/contract/result.ts';
import { noteOf } from './notes.ts';
import type { Tools } from './tools.ts';

export type ActivityView =
  | { readonly is: 'unread' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'read'; readonly entries: readonly AuditEntry[]; readonly chain: ChainView };

export type ChainView =
  | { readonly is: 'unchecked' }
  | { readonly is: 'checking' }
  /** What came into it after `at` was not looked at. */
  | { readonly is: 'whole'; readonly entries: number; readonly at: string }
  | { readonly is: 'broken'; readonly at: number };

export interface ActivitySlice {
  readonly activity: ActivityView;
  activityOpened(): Promise<void>;
  chainChecked(): Promise<void>;
}

export function createActivitySlice({ api, now, get, set }: Tools): ActivitySlice {
  const chain = (view: ChainView): void => {
    const { activity } = get();
    if (activity.is === 'read') set({ activity: { ...activity, chain: view } });
  };
  return {
    activity: { is: 'unread' },

    async activityOpened() {
      const answer = await api.call('audit.list', {});
      if (!answer.ok) {
        // What was read before is still true: nothing is ever taken out of it.
        if (get().activity.is === 'read') get().noteShown(noteOf(answer.error));
        else set({ activity: { is: 'failed', failure: answer.error } });
        return;
      }
      const entries = answer.value.entries.toSorted((left, right) =>
        left.at < right.at ? 1 : left.at > right.at ? -1 : 0,
      );
      const { activity } = get();
      // Whatever was found of the chain is about the vault, and not about what is listed.
      set({ activity: { is: 'read', entries, chain: activity.is === 'read' ? activity.chain : { is: 'unchecked' } } });
    },

    async chainChecked() {
      chain({ is: 'checking' });
      const at = new Date(now()).toISOString();
      const answer = await api.call('audit.verify', {});
      if (!answer.ok) {
        chain({ is: 'unchecked' });
        return get().noteShown(noteOf(answer.error));
      }
      const { ok, entries, brokenAt } = answer.value;
      chain(ok ? { is: 'whole', entries, at } : { is: 'broken', at: brokenAt ?? 0 });
    },
  };
}
