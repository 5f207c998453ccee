import {
  columnGroupingFeature,
  createColumnHelper,
  createExpandedRowModel,
  createGroupedRowModel,
  createSortedRowModel,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { Token } from '../../../shared/contract/token.ts';
import type { Id } from '../../../shared/ids.ts';
import { type Searchable, searchable, urgency } from '../../state/list-filter.ts';
import { type DueGroup, dueGroupOf, dueGroups, type Standing, standingOf } from '../../state/standing.ts';

/** What the list calls a token's surroundings. */
export interface Names {
  /** Where it belongs. */
  readonly place: string;
  /** Its account; one that was removed has no name. */
  readonly account: string | undefined;
}

/** A token's line in the list, with what the table and the search ask about it again and again, computed once. */
export interface Row extends Searchable, Names {
  readonly is: 'token';
  readonly key: Id;
  readonly standing: Standing;
  readonly urgency: number;
  readonly group: DueGroup;
}

export function rowOf(token: Token, names: Names, nowMs: number): Row {
  const standing = standingOf(token, nowMs);
  const { id: key } = token;
  const due = { standing, urgency: urgency(standing), group: dueGroupOf(standing) };
  return { is: 'token', key, ...names, ...searchable(token, names.place), ...due };
}

export const features = tableFeatures({
  columnGroupingFeature,
  groupedRowModel: createGroupedRowModel(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  rowExpandingFeature,
  expandedRowModel: createExpandedRowModel(),
});

const helper = createColumnHelper<typeof features, Row>();

/** By code unit: many times faster than a locale's order, and the same everywhere. `group`: what a group has in common, else `get`. */
const text = (id: string, get: (row: Row) => string, group = get) =>
  helper.accessor((row: Row) => get(row), {
    id,
    getGroupingValue: group,
    sortFn: (left, right, column) => compare(left.getValue<string>(column), right.getValue<string>(column)),
  });

/** Personal tokens first. */
const placeInOrder = ({ token, place }: Row) => (token.project === undefined ? '' : place.toLowerCase());

/** Groups and orders of the list; their ids are the store's words for them. */
export const columns = helper.columns([
  helper.accessor((row: Row) => row.group, {
    id: 'group:due',
    sortFn: (left, right, column) =>
      dueGroups.indexOf(left.getValue<DueGroup>(column)) - dueGroups.indexOf(right.getValue<DueGroup>(column)),
  }),
  // These two are grouped by ids, and in the order of the names that their heads show.
  text(
    'group:account',
    ({ token, account = token.account }) => account.toLowerCase(),
    ({ token }) => token.account,
  ),
  text('group:project', placeInOrder, ({ token }) => token.project ?? ''),
  text('group:kind', ({ token }) => token.kind),
  text('group:state', ({ token }) => token.state),
  text('group:owner', ({ token }) => token.owner ?? ''),
  helper.accessor((row: Row) => row.urgency, {
    id: 'due',
    sortFn: (left, right, column) => left.getValue<number>(column) - right.getValue<number>(column),
  }),
  text('label', ({ token }) => token.label.toLowerCase()),
  text('project', placeInOrder),
  text('created', ({ token }) => token.createdAt ?? token.firstSeenAt),
  text('checked', ({ token }) => token.lastSeenAt),
]);

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
