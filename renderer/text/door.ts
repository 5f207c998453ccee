import type { LockReason } from '../../shared/contract/window.ts';
import { count } from './count.ts';
import { countdown, sinceWhen } from './dates.ts';
import { asWholeSentence } from './sentence.ts';

const reasons: Readonly<Record<LockReason, string>> = {
  start: 'because it has just started',
  person: 'because you locked it',
  idle: 'because nobody used it for a while',
  'screen-lock': 'because the screen was locked',
  suspend: 'because this computer went to sleep',
  'clock-jump': "because this computer's clock jumped",
  'new-keys': 'because its keys were changed elsewhere',
  replaced: 'because it was restored or repaired',
  'perhaps-replaced':
    'because the disk failed at the last step of a restore or repair; look whether the vault is as it should be',
  'core-ended': 'because the part that holds the keys ended',
  'page-ended': 'because the page that you were looking at crashed',
};

export const unlockText = {
  title: 'Rondo is locked',
  since: (at: string | undefined, because: LockReason, nowMs: number) =>
    at === undefined ? asWholeSentence(reasons[because]) : `Since ${sinceWhen(at, nowMs)}, ${reasons[because]}.`,
  labels: { password: 'Password of this vault', recoveryCode: 'Recovery code of this vault' },
  empty: {
    password: 'The password is empty. Nothing was tried.',
    recoveryCode: 'The recovery code is empty. Nothing was tried.',
  },
  otherWay: { password: 'Use the recovery code instead', recoveryCode: 'Use the password instead' },
  words: {
    password: { show: 'Show the password', hide: 'Hide the password' },
    recoveryCode: { show: 'Show the recovery code', hide: 'Hide the recovery code' },
  },
  unlock: 'Unlock',
  deriving: 'Deriving the key',
  starting: 'Getting ready',
  wait: (ms: number) => `Again in ${countdown(ms)}`,
  tries: (tries: number) =>
    `${count(tries, 'wrong password')}. The pause only slows down typing; what stops a thief is the slow key derivation.`,
  counts: {
    need: 'need you',
    needOne: 'needs you',
    due: 'due in 30 days',
    waiting: 'rotations wait',
    waitingOne: 'rotation waits',
  },
  underWay: (amount: number) =>
    `${count(amount, 'rotation')} ${amount === 1 ? 'was' : 'were'} under way when Rondo locked.`,
  cutOff: 'Unlock, and go on with what was cut off: until then its old tokens may still work.',
  noNames: 'No names while locked.',
  forgotten:
    'Without the password or a recovery code nothing opens this vault. Your tokens on CircleCI are not affected by that.',
} as const;

export const firstRunText = {
  headline: 'Every CircleCI token comes round, on time',
  about:
    'Rondo knows the tokens you answer for, shows when each is due, and replaces any of them with an overlap, so nothing goes down and nothing is lost.',
  idea: 'Each token starts before the last one ends.',
  ideaLabel: 'Four tokens in a row on a time line. Each one begins a little before the one before it ends.',
  today: 'today',
  passwordTitle: 'Choose a password for your vault',
  lost: 'The vault is gone, and its backups are still here',
  lostAbout:
    'Restore one, and the vault is back as it was then. A new one is another vault: these backups stay, and cannot be restored into it.',
  passwordTitleLost: 'Or choose a password for a new vault',
  passwordAbout:
    'It locks everything that Rondo keeps on this computer. Nobody can reset it, so keep it where you keep your other passwords.',
  password: 'Password',
  again: 'The same again',
  show: 'Show the password',
  hide: 'Hide the password',
  create: 'Create the vault',
  creating: 'Creating the vault',
  different: 'The two passwords are not the same. Nothing was created.',
  empty: 'The password is empty. Nothing was created.',
  path: 'The vault will be one encrypted file:',
} as const;

export const strengthText = {
  label: 'How hard it is to guess',
  empty: 'Eight characters or more; several random words are best.',
  short: 'Shorter than eight characters: accepted, but a thief who has the file guesses it first.',
  common: 'It is one of the first that anybody tries: accepted, but it protects nothing.',
  guess: (words: string) =>
    `A thief with the file and one fast computer needs ${words}. An estimate: it knows words, years and rows of keys, not what others know of you.`,
  instant: 'no time at all',
  units: [
    ['second', 1],
    ['minute', 60],
    ['hour', 3_600],
    ['day', 86_400],
    ['year', 31_557_600],
  ],
  thousands: 'thousands of years',
  ages: 'longer than the age of the universe',
} as const;

export const beginText = {
  title: 'How do you want to begin?',
  signIn: {
    title: 'Sign in with CircleCI',
    about: 'Your browser opens, and you allow it. For circleci.com.',
    act: 'Sign in',
  },
  paste: {
    title: 'Paste a personal token',
    about:
      'For circleci.com or your own CircleCI server 4.x. Rondo asks CircleCI who it belongs to before it is stored.',
    act: 'Paste a token',
  },
  sandbox: {
    title: 'Try the sandbox',
    about: 'A pretend CircleCI on this computer, full of tokens to try everything on. No account, no network.',
    act: 'Open the sandbox',
    opening: 'Opening the sandbox',
  },
  skip: 'Look around first',
  vault: 'Everything stays in a vault on this computer, locked by the password that you chose.',
} as const;

export const connectText = {
  title: 'Add an account',
  about: 'Rondo asks CircleCI who the token belongs to before it is stored.',
  where: 'Where',
  cloud: 'Cloud',
  cloudAbout: 'circleci.com',
  server: 'Server 4.x',
  serverAbout: 'Your own CircleCI server',
  host: 'Address of your server',
  hostPlaceholder: 'https://circleci.example.com',
  ownAuthority: 'It has its own certificate authority',
  authority: 'Certificate of its authority, in PEM',
  authorityAbout: 'Rondo trusts it for this server alone.',
  authorityWrong: 'That is no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----. Nothing was sent.',
  authorityLong: 'That is too long: the authority alone is enough. Nothing was sent.',
  token: 'Personal token',
  tokenAbout: 'Rondo signs in with it and keeps it in the vault.',
  tokenAgain: 'This window has forgotten it: paste it again to try once more.',
  show: 'Show the token',
  hide: 'Hide the token',
  cancel: 'Cancel',
  act: 'Add the account',
  asking: 'Asking CircleCI',
  signIn: 'Sign in with CircleCI',
  signInAbout: 'Or without a token: your browser opens, and you allow it there. A server may not offer that.',
  missing: 'Paste a token first.',
  missingHost: 'Say where your server is first.',
  done: (host: string) => `The account on ${host} was added.`,
} as const;

export const signInText = {
  title: 'Sign in with CircleCI',
  again: (name: string) => `Sign in again to ${name}`,
  asking: (host: string) => `Asking ${host} where one signs in.`,
  waitingTitle: 'Waiting for you in the browser',
  waiting:
    'Allow Rondo on CircleCI’s page, then come back here. Admin lets Rondo do everything that you can; with Read or Write it will be refused some acts.',
  waitingLimit: 'Nothing has changed yet. Rondo waits for ten minutes, and stops when the vault locks.',
  openAgain: 'Open the page again',
  copyAddress: 'Copy its address',
  copied: 'Copied',
  close: { asking: 'Cancel', waiting: 'Cancel', failed: 'Close', done: 'Done' },
  tryAgain: 'Try again',
  paste: 'Paste a token instead',
  authority: 'Give its certificate',
  done: (name: string) => `Signed in to ${name}`,
  doneTitle: (login: string) => `Signed in as ${login}`,
  until: (day: string) => `This sign-in lasts until ${day}; sign in again before then.`,
  earlier: {
    none: '',
    revoked: 'The earlier sign-in is revoked: CircleCI refuses its token.',
    left: 'The token of the earlier sign-in was not deleted and works until it expires. Delete it on CircleCI’s page of personal tokens.',
  },
} as const;
