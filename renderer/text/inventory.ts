import type { Counts } from '../state/counts.ts';
import type { Grouping, SortBy } from '../state/list.ts';
import type { DueGroup } from '../state/standing.ts';
import { count, figure } from './count.ts';

export const groupingNames: Readonly<Record<Grouping, string>> = {
  due: 'By due date',
  account: 'By account',
  project: 'By project',
  kind: 'By kind',
  state: 'By state',
  owner: 'By owner',
};

export const sortNames: Readonly<Record<SortBy, string>> = {
  due: 'Due first',
  label: 'By label',
  project: 'By project',
  created: 'Oldest first',
  checked: 'Last seen',
};

export const dueGroupNames: Readonly<Record<DueGroup, string>> = {
  now: 'Needs you now',
  soon: 'Due within 30 days',
  course: 'On course',
  past: 'Gone or deleted',
};

export const inventoryText = {
  title: 'Inventory',
  search: 'Search tokens',
  searchHint: 'Label, project, last four, owner',
  grouping: 'Group the list',
  sorting: 'Sort the list',
  create: 'New token',
  table: 'Tokens',
  columns: {
    choose: 'Kind',
    label: 'Label',
    project: 'Project',
    account: 'Account',
    may: 'May do',
    life: 'Life',
    state: 'State',
    value: 'Value',
    seen: 'Seen',
  },
  ruler: { from: '\u22121 y', today: 'today', to: '+1 y' },
  noOwner: 'Nobody named',
  noProject: 'Personal tokens',
  filters: {
    kind: 'Kind',
    may: 'May do',
    due: 'Due within',
    value: 'Value',
    past: 'Gone ones',
    any: 'Any',
    days: (days: number) => `${days} days`,
    shown: 'shown',
    hidden: 'hidden',
    remove: (name: string) => `Remove the filter ${name}`,
    all: 'Clear filters',
  },
  shown: (shown: number, all: number) =>
    shown === all ? count(all, 'token') : `${figure(shown)} of ${count(all, 'token')}`,
  foot: (counts: Counts, hiddenPast: number) => {
    const amounts = [
      [counts.kept, 'kept'],
      [counts.sealed, 'sealed'],
      [counts.tokens - counts.kept - counts.sealed, 'without a value'],
    ] as const;
    const told = amounts.flatMap(([amount, words]) => (amount === 0 ? [] : [`${figure(amount)} ${words}`]));
    const tokens = [count(counts.tokens, 'token'), told.join(', ')].filter(Boolean).join(': ');
    return `${tokens}.${hiddenPast === 0 ? '' : ` ${count(hiddenPast, 'gone or deleted one')} hidden.`}`;
  },
  firstSync: 'Rondo is reading your tokens from CircleCI. They come here as soon as it has them.',
  empty: 'No tokens yet. Sync an account, or create the first one.',
  onlyPast: 'Every token that Rondo knew is gone or deleted.',
  showPast: 'Show gone ones',
  addAccount: 'Add an account',
  emptyNoAccount: 'No account yet. Add one, and Rondo reads every token that it may see.',
  noMatch: (search: string, hidden: number, filters: number, near: string | undefined) => {
    const by = [search === '' ? '' : 'the search', filters === 0 ? '' : count(filters, 'filter')].filter(Boolean);
    const first = search === '' ? 'No token passes the filters.' : `No token matches "${search}".`;
    const nearWords = near === undefined ? '' : ` Near it: ${near}.`;
    return `${first} ${figure(hidden)} ${hidden === 1 ? 'is' : 'are'} hidden by ${by.join(' and ')}.${nearWords}`;
  },
  clearAll: 'Show all tokens',
  clearSearch: 'Clear the search',
  chosen: (amount: number, inSight: number) => {
    const hidden = amount - inSight;
    const which = hidden === amount ? 'not' : hidden === 1 ? 'one of them not' : `${figure(hidden)} of them not`;
    return `${count(amount, 'token')} chosen${hidden === 0 ? '' : `, ${which} in sight`}`;
  },
  rotateChosen: (amount: number) => `Rotate ${figure(amount)}`,
  deleteChosen: (amount: number) => `Delete ${figure(amount)}`,
  unchoose: 'Choose none',
  choose: (label: string) => `Choose ${label}`,
} as const;

export const detailText = {
  label: (name: string) => `Token ${name}`,
  facts: {
    account: 'Account',
    project: 'Project',
    created: 'Created',
    firstSeen: 'First seen',
    lastUsed: 'Last used',
    lastSeen: 'Last seen',
    value: 'Value',
    owner: 'Owner',
    tags: 'Tags',
    note: 'Note',
    id: 'Id on CircleCI',
  },
  daysAgo: (days: number) => (days === 0 ? 'today' : days === 1 ? 'yesterday' : `${figure(days)} days ago`),
  saysCircleCi: 'says CircleCI',
  seen: (day: string, ago: string) => (ago === 'now' ? 'Just now' : `${day}, ${ago} ago`),
  values: {
    none: 'Not in this vault',
    sealed: 'Sealed in this vault, nobody has taken it',
    kept: 'Kept in this vault',
  },
  take: 'Take the value',
  before: (name: string) => `${name} before it`,
  after: (name: string) => `replaced by ${name}`,
  showRotation: 'Show the rotation',
  history: 'History',
  unread: 'Its history could not be read',
  noHistory: 'Nothing happened to it in this vault yet.',
  rotate: 'Rotate',
  goOn: 'Go on',
  check: 'Check',
  checking: 'Asking',
  delete: 'Delete',
  close: 'Back to the list',
  cannotCheck: 'Only a value that is in this vault can be checked.',
} as const;
