import type { Access, Scope } from '../../shared/contract/token.ts';
import { someNames } from '../../shared/some-names.ts';
import { count } from './count.ts';

export const createText = {
  title: { personal: 'New personal token', project: 'New project token' },
  about: {
    personal: 'Acts as you on every API. CircleCI lets newer ones expire after a year at most.',
    project: 'For one project, API v1.1 only. It never expires by itself.',
  },
  kind: 'What kind',
  kinds: { personal: 'Personal', project: 'Project' },
  account: 'Account',
  project: 'Project',
  label: 'Label',
  name: 'Token name',
  may: 'What it may do',
  scopes: {
    status: {
      name: 'Status',
      about: 'Reads build statuses, for badges.',
      risk: 'If it leaks: someone learns your build results.',
    },
    'read-only': {
      name: 'Read Only',
      about: "Reads the project's API, v1 only.",
      risk: 'If it leaks: logs and artifacts can be read by anyone who has it.',
    },
    admin: {
      name: 'Admin',
      about: "Reads and writes the project's API, v1 only.",
      risk: 'If it leaks: someone can run code in your pipeline.',
    },
  } satisfies Record<Scope, { name: string; about: string; risk: string }>,
  accesses: {
    unset: {
      name: 'Full',
      about: 'CircleCI grants full read and write unless a level is chosen.',
      risk: 'If it leaks: someone acts as you everywhere.',
    },
    read: { name: 'Read', about: 'Reads what you can read.', risk: 'If it leaks: what you can see can be seen.' },
    write: {
      name: 'Write',
      about: 'Reads and writes what you can.',
      risk: 'If it leaks: someone can run code in your pipelines.',
    },
    admin: {
      name: 'Admin',
      about: 'Reads, writes and administers what you can.',
      risk: 'If it leaks: someone acts as you everywhere.',
    },
  } satisfies Record<Access | 'unset', { name: string; about: string; risk: string }>,
  expiry: 'Expires',
  expiries: [
    ['30', 'after 30 days'],
    ['90', 'after 90 days'],
    ['180', 'after 180 days'],
    ['365', 'after a year'],
    ['unset', 'as CircleCI decides'],
  ],
  final: 'No token can be changed later, only replaced.',
  life: 'Its life',
  lifeLabel: (ends: string | undefined) =>
    ends === undefined ? 'Born today, never expires by itself.' : `Born today, expires ${ends}.`,
  bornToday: 'born today',
  never: 'never expires by itself',
  endUnset: 'CircleCI decides when it expires: after a year at most, never on older servers.',
  keep: 'Keep the value in the vault, so that Rondo can check it later',
  sealed: 'The value stays sealed until you take it.',
  cancel: 'Cancel',
  create: 'Create token',
  creating: 'Creating',
  madeMeanwhile: (label: string) => `${label} was created. Its value is sealed in the vault.`,
  madeOtherwise: (label: string) => `CircleCI made ${label} otherwise than asked`,
  otherwise: (differences: readonly string[]) => `${differences.join('; ')}. If it will not do, delete it.`,
  madeMeanwhileAbout: 'To take it, go to the token in the inventory and press C.',
  missingLabel: 'Give it a label: it is how you will know it.',
  noAccount: 'Add an account first.',
} as const;

export const deleteText = {
  title: (label: string) => `Delete ${label}?`,
  titleMany: (amount: number) => `Delete ${count(amount, 'token')}?`,
  about: (what: string) => `${what}. CircleCI cannot bring it back.`,
  aboutMany: 'CircleCI cannot bring them back.',
  asking: 'Asking the vault what would stop working.',
  stops: 'What will stop working, at once',
  cases: {
    one: {
      whatever: 'Whatever uses it: the vault knows no places where it is used.',
      instead: 'Rotating does this without an outage',
      insteadAbout: 'New token first, and this one is deleted only when you have put the new value in place.',
    },
    many: {
      whatever: 'Whatever uses them: the vault knows no places where they are used.',
      instead: 'Rotating does this without an outage',
      insteadAbout: 'New tokens first, and each old one is deleted only when you have put its new value in place.',
    },
    expired: {
      whatever: 'Nothing: it has expired, and whatever uses it is down already.',
      instead: 'Is it still needed?',
      insteadAbout: 'Rotating makes a new token with the same label and rights, and deletes this one after that.',
    },
  },
  rotate: 'Rotate instead',
  type: 'Type DELETE to delete it',
  typeMany: 'Type DELETE to delete them',
  word: 'DELETE',
  keeps: 'Esc keeps the token',
  keepsMany: 'Esc keeps the tokens',
  keep: 'Keep token',
  keepMany: 'Keep tokens',
  delete: 'Delete token',
  deleteMany: (amount: number) => `Delete ${amount} tokens`,
  deleting: 'Deleting',
  done: (label: string) => `${label} was deleted.`,
  doneMany: (amount: number) => `${count(amount, 'token')} were deleted.`,
  /** Of several: which, and what the first of them met. */
  notDeleted: (labels: readonly string[], why: string) => `Not deleted: ${someNames(labels)}. ${why}`,
} as const;

export const paletteText = {
  label: 'Find or do',
  hint: 'Type a verb, a token or a project',
  found: (amount: number) => `${amount} found`,
  groups: { do: 'Do', show: 'Tokens', projects: 'Projects', go: 'Go' },
  rotate: 'Rotate',
  take: 'Take the value of',
  delete: 'Delete',
  newProject: 'New project token',
  newPersonal: 'New personal token',
  newIn: (project: string) => `New token in ${project}`,
  sync: 'Sync with CircleCI',
  checkAll: 'Check every held value',
  lock: 'Lock now',
  keys: 'Show the keys',
  connect: 'Add an account',
  goTo: (place: string) => `Go to ${place}`,
  themes: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  nothing: (query: string) => `Nothing matches "${query}".`,
  move: 'Move',
  /** What Enter does with the marked line. */
  enters: {
    rotate: 'Open the plan',
    rotation: 'Open the rotation',
    take: 'Open its value',
    delete: 'Ask before it is deleted',
    show: 'Show it in the list',
    list: 'List its tokens',
    new: 'Fill in a new token',
    sync: 'Sync now',
    check: 'Ask CircleCI',
    incident: 'Choose what to rotate',
    lock: 'Lock now',
    connect: 'Add it',
    keys: 'Show them',
    go: 'Go there',
    theme: 'Change it',
  },
  esc: 'Back',
} as const;

export const passwordText = {
  title: 'Change the password',
  about: 'The content stays as it is. Older copies of the vault still open with the old password.',
  current: 'Current password',
  next: 'New password',
  again: 'New password again',
  show: 'Show the password',
  hide: 'Hide the password',
  cancel: 'Cancel',
  act: 'Change it',
  changing: 'Changing it',
  empty: 'The new password is empty. Nothing was changed.',
  different: 'The two new passwords are not the same. Nothing was changed.',
  done: 'The vault has its new password.',
  doneAbout:
    'Older copies of it still open with the old one: remove those that you do not need. If somebody may have both, make new keys too: they are made on the command line.',
} as const;

export const settingsText = {
  password: 'Password',
  changePassword: 'Change the password',
  title: 'Settings',
  look: 'Look',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  lock: 'Lock',
  idle: 'Lock when nobody uses it for',
  idles: [
    [1, '1 minute'],
    [5, '5 minutes'],
    [10, '10 minutes'],
    [15, '15 minutes'],
    [60, '1 hour'],
    [480, '8 hours'],
  ],
  lockAbout: {
    electron:
      'It also locks when the screen locks, the computer sleeps, its clock jumps, and when you quit. Not every desktop on Linux tells that its screen is locked.',
    chromium:
      'It also locks when the clock jumps, as after sleep, and when you quit. In a Chromium window it is not told that the screen locks.',
  },
  accounts: 'Accounts',
  accountsNone: 'No account yet.',
  addAccount: 'Add an account',
  removeAccount: (name: string) => `Remove ${name}`,
  removeAccountSure: (name: string, open: number) =>
    `Remove ${name}: its tokens stay in the vault, as no longer watched.${
      open === 0
        ? ''
        : ` ${open === 1 ? 'One open rotation' : `${open} open rotations`} of them cannot go on without it.`
    }`,
  remove: 'Remove',
  sure: 'Remove it',
  keepIt: 'Keep it',
  as: (login: string, host: string) => `${login} on ${host}`,
  until: (day: string) => `signed in with the browser until ${day}`,
  signInAgain: 'Sign in again',
  signInAgainTo: (name: string) => `Sign in again to ${name}`,
  projects: 'Projects',
  projectsAbout: 'Project tokens are read from these. What you follow on CircleCI comes by itself.',
  projectsNone: 'No project is watched.',
  addProject: 'Add a project',
  unwatch: (name: string) => `Stop watching ${name}`,
  stop: 'Stop watching',
  watched: { followed: 'followed on CircleCI', added: 'added by you', no: 'no longer watched' },
  about: 'About',
  version: 'Version',
  runtime: 'Runs on',
  vault: 'Vault',
  aboutLine: 'Everything stays on this computer. Rondo speaks to CircleCI and to nobody else.',
} as const;

export const watchText = {
  title: 'Add a project',
  about: 'Rondo then reads its tokens too.',
  account: 'Account',
  slug: 'Project',
  slugHint: 'gh/acme/web',
  slugAbout:
    'Three parts, as in the address of its page: gh for GitHub, bb for Bitbucket, circleci for everything else.',
  wrong: 'A project is three parts without spaces, like gh/acme/web.',
  cancel: 'Cancel',
  act: 'Add the project',
  asking: 'Asking CircleCI',
  done: (slug: string) => `${slug} is watched now.`,
} as const;
