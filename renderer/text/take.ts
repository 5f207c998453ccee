import { countdown } from './dates.ts';

export const takeText = {
  title: (name: string) => `Take the value of ${name}`,
  newPanel: 'The new value',
  hidden: 'The value is hidden',
  revealed: 'The value',
  copy: 'Copy',
  reveal: 'Reveal',
  hide: 'Hide',
  sealed:
    'Sealed until you take it. You can take it once; then the vault forgets it. Closing this, or quitting, loses nothing.',
  held: 'Still held here: copy and reveal it as often as you need. Done ends it.',
  taken:
    'You have taken it already. Copy and reveal it as often as you need: the vault forgets it when its rotation ends.',
  kept: 'Kept in the vault, because you chose so. You can take it again at any time.',
  onClipboard: 'On the clipboard',
  clearsIn: (ms: number) => `Clears itself in ${countdown(ms)} if it is still there.`,
  overdue: 'It did not let itself be cleared yet. Rondo tries again every few seconds; copying something else ends it.',
  marked: 'Clipboard histories are asked to skip it.',
  unmarked: 'Rondo cannot mark it for clipboard histories here: one may have kept it.',
  told: (seconds: number, marked: boolean) =>
    `Copied. Rondo clears it within ${seconds} seconds. ${marked ? 'Histories are asked to skip it.' : 'Rondo cannot keep it out of clipboard histories here.'}`,
  toldOverdue: 'The copied value is not cleared yet. Rondo tries again every few seconds.',
  ticks: (seconds: number) => `${seconds} of 30 seconds left`,
  clearNow: 'Clear now',
  copiedClears: (ms: number) => `Copied value clears in ${countdown(ms)}`,
  copiedOverdue: 'Copied value not cleared yet',
  clearClipboard: 'Clear clipboard',
  copyAgain: 'Copy again',
  cleared: 'Cleared from the clipboard',
  clearedAbout: 'It is still held here: copy it again if you need it.',
  replaced: 'Something else is on the clipboard now',
  replacedAbout: 'Rondo leaves that alone. The value is still held here.',
  masksIn: (ms: number) => `Hidden again in ${countdown(ms)}.`,
  done: 'Done, forget it',
  doneKept: 'Done, keep it',
  doneTaken: 'Done',
  doneMeanwhile: (name: string) => `Done with the value of ${name}.`,
  forgetting: 'Forgetting',
  doneWhy: 'Copy or reveal it first: what is forgotten here is nowhere else.',
  doneFirst: 'Copy or reveal it first.',
  later: 'Later',
  laterWhy: 'Later and Esc keep it sealed.',
  leaveWhy: 'Going elsewhere, locking and quitting keep it sealed.',
  waits: {
    deleted: 'The old token is deleted as soon as you are done here: put the new value in place first.',
    'by-hand': 'After that you delete the old token by hand: put the new value in place first.',
  },
  forgotten: 'The vault has forgotten the value.',
  forgottenAbout:
    'It keeps its last four characters, and a fingerprint that recognises the value and cannot give it back. Needed again? Rotate again.',
  gone: {
    title: 'The vault does not hold this value any more.',
    taken: 'It was taken meanwhile. Needed again? Rotate again.',
    deleted: 'Its token was deleted meanwhile.',
    close: 'Close',
  },
  badge: 'Copy as badge',
  badgeAbout: 'in Markdown, for a page that everybody may read: its address carries the value.',
  tail: (tail: string) => `ends with ${tail}`,
} as const;

/** What became of a value whose panel is gone. */
export const clipboardNotes = {
  cleared: 'The value is cleared from the clipboard.',
  replaced: 'Something else is on the clipboard by now. Rondo leaves that alone.',
} as const;
