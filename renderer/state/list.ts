import type { Id } from '../../shared/ids.ts';
import { type ListFilter, noFilter } from './list-filter.ts';
import type { Tools } from './tools.ts';

export const groupings = ['due', 'account', 'project', 'kind', 'state', 'owner'] as const;
export type Grouping = (typeof groupings)[number];
export const sortings = ['due', 'label', 'project', 'created', 'checked'] as const;
export type SortBy = (typeof sortings)[number];

/** What is under the cursor: a token, or the head of a group, or nothing. */
export type Under = Pick<ListSlice, 'cursor' | 'head'>;

export interface ListSlice {
  readonly search: string;
  readonly filter: ListFilter;
  readonly grouping: Grouping;
  readonly sorting: { readonly by: SortBy; readonly descending: boolean };
  readonly folded: ReadonlySet<string>;
  /** The row under the cursor; the pane beside the table reads it out. */
  readonly cursor: Id | undefined;
  /** The head of a group under the cursor; then no token is. It may be a name, and is told to nobody. */
  readonly head: string | undefined;
  /** Chosen for an act on several at once, and so until somebody says otherwise: also while a search hides them. */
  readonly chosen: ReadonlySet<Id>;
  /** Those of them that the list shows. The acts mean these: nothing happens to what nobody sees. */
  readonly chosenInSight: readonly Id[];
  searched(search: string): void;
  filtered(change: Partial<ListFilter>): void;
  /** Those whose value nobody has taken yet, and nothing else, where they are seen. */
  sealedShown(): void;
  filterCleared(): void;
  groupedBy(grouping: Grouping): void;
  sortedBy(by: SortBy): void;
  groupFolded(group: string): void;
  /** Puts the cursor on a token wherever it is: nothing hides it any more. */
  tokenShown(token: Id): void;
  cursorMoved(under: Under): void;
  tokenChosen(token: Id): void;
  choiceChanged(tokens: Iterable<Id>): void;
  choiceSeen(inSight: readonly Id[]): void;
}

export function createListSlice({ get, set }: Tools): ListSlice {
  return {
    search: '',
    filter: noFilter,
    grouping: 'due',
    sorting: { by: 'due', descending: false },
    folded: new Set(),
    cursor: undefined,
    head: undefined,
    chosen: new Set(),
    chosenInSight: [],
    searched: (search) => set({ search }),
    filtered: (change) => set({ filter: { ...get().filter, ...change } }),
    sealedShown: () => set({ filter: { ...noFilter, value: 'sealed' }, search: '', folded: new Set() }),
    filterCleared: () => set({ filter: noFilter, search: '' }),
    groupedBy: (grouping) => set({ grouping, folded: new Set() }),
    sortedBy(by) {
      const { sorting } = get();
      set({ sorting: { by, descending: sorting.by === by ? !sorting.descending : false } });
    },
    groupFolded(group) {
      const folded = new Set(get().folded);
      if (!folded.delete(group)) folded.add(group);
      set({ folded });
    },
    tokenShown: (cursor) => set({ cursor, head: undefined, folded: new Set(), filter: noFilter, search: '' }),
    cursorMoved: ({ cursor, head }) => set({ cursor, head }),
    tokenChosen(token) {
      const chosen = new Set(get().chosen);
      if (!chosen.delete(token)) chosen.add(token);
      set({ chosen });
    },
    choiceChanged: (tokens) => set({ chosen: new Set(tokens) }),
    choiceSeen: (chosenInSight) => set({ chosenInSight }),
  };
}
