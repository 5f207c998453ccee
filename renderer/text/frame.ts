import type { Account } from '../../shared/contract/account.ts';
import type { PlaceName } from '../state/place.ts';
import { count } from './count.ts';
import { isToday, sinceWhen, timeAndDay } from './dates.ts';

export const frameText = {
  app: 'Rondo',
  skip: 'Skip to the content',
  findOrDo: 'Find or do',
  lockNow: 'Lock now',
  locksItself: (idleMs: number) => `locks after ${Math.round(idleMs / 60_000)} min idle`,
  otherVault: 'This window shows another vault than the one that you just started Rondo for',
  wantedVault: (dir: string) => `You wanted ${dir}.`,
  shownVault: (path: string) => `This is ${path}.`,
  otherVaultHint:
    'One Rondo shows one vault. For the other one quit this one first, or start a second Rondo, with a folder of its own for its settings:',
  ownSettings: '--user-data-dir=FOLDER',
  closeNote: 'Put this message away',
  notes: 'Messages',
  allAccounts: 'All accounts',
  accountsAbout: (accounts: readonly Account[]) =>
    `${count(accounts.length, 'account')}, ${count(new Set(accounts.map(({ host }) => host)).size, 'host')}`,
  chooseAccount: 'Accounts shown',
  noAccount: 'No account yet',
  addAccount: 'Add one',
  sync: 'Sync',
  syncing: (done: number, total: number) => (total === 0 ? 'Syncing' : `Syncing ${done} of ${total}`),
  synced: (at: string, nowMs: number) => `Synced ${sinceWhen(at, nowMs)}`,
  neverSynced: 'Not synced yet',
  offline: (account: string, at: string, nowMs: number) =>
    `${account} has been offline since ${timeAndDay(at, nowMs)}.`,
  offlineAbout: (lastSyncAt: string | undefined, nowMs: number) =>
    `${
      lastSyncAt === undefined
        ? 'Nothing was read from it yet.'
        : `You see the state of ${timeAndDay(lastSyncAt, nowMs)}.`
    } Rotating, creating and deleting need the network.`,
  refused: (account: string, at: string, nowMs: number) =>
    `${account} refused Rondo ${isToday(at, nowMs) ? 'at' : 'on'} ${timeAndDay(at, nowMs)}.`,
  refusedAbout:
    'Nothing in the vault has changed. Its token may have been deleted or have expired: sign in again, and Rondo reads on.',
  unreachable: 'Rondo cannot open its vault',
  unread: 'Rondo cannot read what its vault holds',
  unreadHint: 'The vault was not changed. A backup from before this can take its place.',
  tryAgain: 'Try again',
  lock: 'Lock',
  undrawn: 'Rondo cannot draw this',
  undrawnTitle: 'A part of the window failed.',
  undrawnAbout:
    'Nothing in the vault has changed by that, and what was under way goes on. Locking brings a fresh window; what it interrupts goes on from its journal.',
  lockAndGoOn: 'Lock and begin again',
  reading: 'Reading the vault',
} as const;

export const placeNames: Readonly<Record<Exclude<PlaceName, 'rotation' | 'job' | 'incident'>, string>> = {
  home: 'Home',
  inventory: 'Inventory',
  rotations: 'Rotations',
  activity: 'Activity',
  settings: 'Settings',
};

export const keySheet = {
  title: 'Keys',
  close: 'Close',
  keys: [
    ['Find or do anything', 'Ctrl K'],
    ['Search the list', '/'],
    ['Move', '↑ ↓'],
    ['First, last row', 'Home End'],
    ['Fold, unfold a group', '← →'],
    ['Open the token', 'Enter'],
    ['Choose several', 'Space'],
    ['Choose all in the list', 'Ctrl A'],
    ['Rotate', 'R'],
    ['Delete', 'Delete'],
    ['Copy a sealed value', 'C'],
    ['New token', 'N'],
    ['Go back', 'Esc'],
    ['Lock', 'Ctrl L'],
    ['Larger, smaller, as it was', 'Ctrl + − 0'],
    ['These keys', '?'],
  ],
  mac: 'On a Mac, Command instead of Ctrl.',
} as const;
