import { useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import { shownTokens } from '../../state/list-filter.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import type { ProjectName } from '../../text/project-names.ts';
import { columns, features, type Row, rowOf } from './columns.ts';

/** One line of the list: a group's head or a token. */
export type Line = GroupLine | Row;

export interface GroupLine {
  readonly is: 'group';
  readonly key: string;
  readonly value: string;
  readonly tokens: number;
  readonly folded: boolean;
}

export interface TokenTable {
  readonly lines: readonly Line[];
  /** How many tokens pass, also those in a folded group. */
  readonly shown: number;
  /** Left out although they exist on CircleCI. */
  readonly hidden: number;
  readonly hiddenPast: number;
}

/** What is listed, and how it is called. */
export interface Listed extends Pick<Inventory, 'tokens' | 'accounts'> {
  readonly projectName: ProjectName;
}

/**
 * The list as it is drawn. All tokens are grouped and sorted, which takes a while for 10 000 and is done again only when
 * the inventory or the order changes; a key in the search field then leaves out lines of that, in one pass, and makes no
 * new ones.
 */
export function useTokenTable(listed: Listed, nowMs: number): TokenTable {
  const search = useRondo((state) => state.search);
  const filter = useRondo((state) => state.filter);
  const folded = useRondo((state) => state.folded);
  const groups = useSortedGroups(listed, nowMs);
  return useMemo(() => {
    const all = { lines: [] as Line[], shown: 0, hidden: 0, hiddenPast: 0 };
    for (const { key, value, rows } of groups) {
      const { shown, hidden, hiddenPast } = shownTokens(rows, { search, filter }, nowMs);
      all.shown += shown.length;
      all.hidden += hidden;
      all.hiddenPast += hiddenPast;
      if (shown.length === 0) continue;
      // Folding is the store's, so that a new inventory does not unfold anything.
      const isFolded = folded.has(value);
      all.lines.push({ is: 'group', key, value, tokens: shown.length, folded: isFolded });
      if (!isFolded) for (const row of shown) all.lines.push(row);
    }
    return all;
  }, [groups, search, filter, folded, nowMs]);
}

interface SortedGroup {
  readonly key: string;
  readonly value: string;
  readonly rows: readonly Row[];
}

function useSortedGroups({ tokens, accounts, projectName }: Listed, nowMs: number): readonly SortedGroup[] {
  const grouping = useRondo((state) => state.grouping);
  const sorting = useRondo((state) => state.sorting);
  const data = useMemo(() => {
    const accountNames = new Map(accounts.map(({ id, name }) => [id, name]));
    return tokens.map((token) =>
      rowOf(token, { place: projectName(token.project), account: accountNames.get(token.account) }, nowMs),
    );
  }, [tokens, accounts, projectName, nowMs]);
  const column = `group:${grouping}`;
  const table = useTable({
    features,
    columns,
    data,
    getRowId: ({ key }: Row) => key,
    state: useMemo(
      () => ({
        grouping: [column],
        sorting: [
          { id: column, desc: false },
          { id: sorting.by, desc: sorting.descending },
          { id: 'label', desc: false },
        ],
        expanded: true as const,
      }),
      [column, sorting],
    ),
  });
  const { rows } = table.getGroupedRowModel();
  // Grouping sorts groups and rows alike.
  const sorted = table.getSortedRowModel().rows;
  return useMemo(() => {
    if (rows.length === 0) return [];
    return sorted.map((group) => ({
      key: group.id,
      value: String(group.groupingValue ?? ''),
      rows: group.subRows.map(({ original }) => original),
    }));
  }, [rows, sorted]);
}
