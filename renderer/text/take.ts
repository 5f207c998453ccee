import { countdown } from './dates.ts';

export const takeText = {
  title: (name: string) => `Take the value of ${name}`,
  panel: 'The value',
  newPanel: 'The new value',
  hidden: 'The value is hidden',
  revealed: 'The value',
  copy: 'Copy',
  reveal: 'Reveal',
  hide: 'Hide',
  sealed:
    'Sealed until you take it. You can take it once; then the vault forgets it. Closing this, or quitting, loses nothing.',
  held: 'Still held here: copy and reveal it as often as you need. Done ends it.',
  kept: 'Kept in the vault, because you chose so. You can take it again at any time.',
  onClipboard: 'On the clipboard',
  clearsIn: (ms: number) => `Clears itself in ${countdown(ms)} if it is still there.`,
  marked: 'Clipboard histories are asked to skip it.',
  unmarked: 'This system has no mark that clipboard histories respect: one may have kept it.',
  ticks: (seconds: number) => `${seconds} of 30 seconds left`,
  clearNow: 'Clear now',
  copyAgain: 'Copy again',
  cleared: 'Cleared from the clipboard',
  clearedAbout: 'It is still held here until you say that you have it.',
  replaced: 'Something else is on the clipboard now',
  replacedAbout: 'Rondo leaves that alone. The value is still held here.',
  masksIn: (ms: number) => `Hidden again in ${countdown(ms)}.`,
  done: 'Done, forget it',
  doneKept: 'Done, keep it',
  doneMeanwhile: (name: string) => `Done with the value of ${name}.`,
  forgetting: 'Forgetting',
  doneWhy: 'Copy or reveal it first: what is forgotten here is nowhere else.',
  later: 'Later',
  laterWhy: 'Later and Esc keep it sealed.',
  leaveWhy: 'Going elsewhere, locking and quitting keep it sealed.',
  waits: 'The old token is deleted as soon as you are done here: put the new value in place first.',
  forgotten: 'The vault has forgotten the value.',
  forgottenAbout: 'It keeps only its last four characters. Needed again? Rotate again.',
  badge: 'As badge in Markdown',
  badgeAbout: 'A Status token is made to be seen: the badge carries it in its address.',
  plain: 'As value',
  tail: (tail: string) => `ends with ${tail}`,
} as const;

/** The badge of a project's default branch, in CircleCI's own form. */
export function badgeMarkdown(project: string, value: string): string {
  return `[![CircleCI](https://circleci.com/${project}.svg?style=svg&circle-token=${value})](https://circleci.com/${project})`;
}
