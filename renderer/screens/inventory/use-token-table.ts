import { useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Token } from '../../../shared/contract/token.ts';
import type { Id } from '../../../shared/ids.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { columns, features, type Row, rowOf } from './columns.ts';

/** One line of the list: a group's head or a token. */
export type Line =
  | {
      readonly is: 'group';
      readonly key: string;
      readonly value: string;
      readonly tokens: number;
      readonly folded: boolean;
    }
  | { readonly is: 'token'; readonly key: Id; readonly row: Row };

/** The list as it is drawn, from the tokens that pass the search and the filters. */
export function useTokenTable(tokens: readonly Token[], nowMs: number): readonly Line[] {
  const grouping = useRondo((state) => state.grouping);
  const sorting = useRondo((state) => state.sorting);
  const folded = useRondo((state) => state.folded);
  const data = useMemo(() => tokens.map((token) => rowOf(token, nowMs)), [tokens, nowMs]);
  const column = `group:${grouping}`;
  const table = useTable({
    features,
    columns,
    data,
    getRowId: ({ token }: Row) => token.id,
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
  const sorted = table.getSortedRowModel().rows;
  return useMemo(() => {
    // Grouping sorts groups and rows alike; folding is the store's, so that a new inventory does not unfold anything.
    if (rows.length === 0) return [];
    return sorted.flatMap((group): Line[] => {
      const value = String(group.groupingValue ?? '');
      const isFolded = folded.has(value);
      const head: Line = { is: 'group', key: group.id, value, tokens: group.subRows.length, folded: isFolded };
      if (isFolded) return [head];
      return [head, ...group.subRows.map((row): Line => ({ is: 'token', key: row.id, row: row.original }))];
    });
  }, [rows, sorted, folded]);
}
