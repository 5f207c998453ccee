import type { Danger, Job, JobHead, JobItem, JobItemState } from '../../shared/contract/job.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import { untoldAgeText } from '../../shared/untold-age.ts';
import type { Known } from '../state/both-tokens.ts';
import { count } from './count.ts';
import { clockTime, countdown, longDay } from './dates.ts';
import { rotationText } from './rotation.ts';

export const dangerWords: Readonly<Record<Danger, string>> = {
  leaked: 'Leaked',
  'held-here': 'Held here',
  full: 'Full power',
  admin: 'Admin',
  write: 'Write',
  read: 'Read',
  status: 'Status',
  'unknown-power': 'Power unknown',
};

export const itemStates: Readonly<Record<JobItemState, string>> = {
  pending: 'Waiting',
  running: 'Under way',
  paused: 'Paused',
  waiting: 'Waits for you',
  done: 'Done',
  'needs-attention': 'Needs you',
  failed: 'Failed',
  abandoned: 'Given up',
  left: 'Left alone',
};

export const jobStates: Readonly<Record<JobHead['state'], string>> = {
  running: 'Under way',
  paused: 'Paused',
  interrupted: 'Interrupted',
  stopped: 'Stopped',
  done: 'Done',
};

/** The lock comes all the same: nobody is there to see who else is. */
export function whileUnlocked(idleMs: number): string {
  const minutes = count(Math.round(idleMs / 60_000), 'minute');
  return `It goes on by itself while Rondo is unlocked. Left alone for ${minutes}, Rondo locks, and what is not done then rests until you unlock and go on.`;
}

export const jobText = {
  about: ({ items, startedAt }: Job) => {
    const cut = items.filter(({ mode }) => mode === 'cut-over').length;
    const modes = [
      ...(cut === 0 ? [] : [`Cut-over for ${cut}`]),
      ...(cut === items.length ? [] : [`${cut === 0 ? 'Overlap' : 'overlap'} for ${items.length - cut}`]),
    ].join(', ');
    return `Most dangerous first. ${modes}. Begun ${longDay(startedAt)}, ${clockTime(startedAt)}.`;
  },
  job: 'Job',
  missing: 'This job is not in the vault.',
  unread: 'This job could not be read',
  listUnread: 'The jobs could not be read',
  begunMeanwhile: (title: string) => `${title}: its rotations have begun.`,
  begunMeanwhileAbout: 'Rotations shows how far they are.',
  of: (total: number) => `of ${total} replaced`,
  toGo: (ms: number) => `about ${Math.max(1, Math.round(ms / 60_000))} min to go`,
  ticks: (job: JobHead) => `${job.counts.done} of ${job.total} replaced`,
  says: (job: Job, idleMs: number) => {
    switch (job.state) {
      case 'running':
        return `${whileUnlocked(idleMs)} Each step is written down before it is done.`;
      case 'paused':
        return 'Nothing further is begun until you go on with it. What is half done is written down.';
      case 'interrupted':
        return 'Rondo was locked or stopped in the middle of it. What was done is written down: go on where it was.';
      case 'stopped':
        return 'It was stopped. What was not begun was left as it is.';
      case 'done':
        return job.counts.done === job.total ? 'All are replaced.' : 'Everything that goes by itself is done.';
    }
  },
  report: 'Report so far',
  reportWhole: 'Copy the report',
  copied: 'Copied',
  pause: 'Pause',
  goOn: 'Go on',
  stop: 'Stop',
  retry: (amount: number) => `Try ${amount} again`,
  hostPause: (untilMs: number, nowMs: number) =>
    `It goes on by itself in ${countdown(Math.max(0, untilMs - nowMs))}; nothing is lost meanwhile.`,
  hostPauseTitle: 'CircleCI asked for a pause.',
  hostPauseTicks: 'The pause, a tick a second',
  filters: 'Which tokens',
  filter: { all: 'All', need: 'Needs you', busy: 'Under way', done: 'Done', wait: 'Waiting' },
  columns: {
    no: 'No.',
    label: 'Label',
    project: 'Project',
    steps: 'Steps',
    state: 'State',
    what: 'What happened',
    at: 'At',
  },
  table: 'Tokens of this job',
  none: 'None of its tokens is in this state.',
  more: (amount: number) => `${count(amount, 'more token')}: choose a state to see them.`,
  notBegun: 'Not begun yet',
  left: 'Nothing was changed',
  halfDone: 'Half done; it goes on with the job',
  stopTitle: (title: string) => `Stop ${title}?`,
  stopAbout: 'What runs ends its step. What is not begun is left as it is. You can go on with it later.',
  keepRunning: 'Keep it going',
  listTable: 'Jobs',
  openJob: (title: string) => `Open the job ${title}`,
  counted: ({ counts, total }: JobHead) => `${counts.done} of ${total} replaced`,
} as const;

/** What happened to one token of a job, in a line. */
export function itemSays(item: JobItem, rotation: Rotation | undefined, known: Known): string {
  if (item.error !== undefined) return item.error.message;
  if (item.state === 'pending') return jobText.notBegun;
  if (item.state === 'left') return jobText.left;
  // Its step is written down as one that runs, and nobody runs it.
  if (item.state === 'paused') return jobText.halfDone;
  return rotation !== undefined
    ? rotationText.says(rotation, known)
    : item.dangers.map((danger) => dangerWords[danger]).join(', ');
}

export const incidentText = {
  title: 'Incident',
  about: 'A lost computer, somebody who left, a date before which everything is suspect: choose, see, replace all.',
  name: 'What happened',
  nameHint: 'Laptop lost: mara-mbp',
  which: 'Which tokens it concerns',
  heldHere: 'Only those whose value this vault holds or ever gave out',
  owner: 'Owner',
  tag: 'Tag',
  account: 'Account',
  project: 'Project',
  any: 'Any',
  before: 'Created before',
  beforeHint: '26 Nov 2026',
  beforeWrong: 'A date is written like 26 Nov 2026.',
  mode: 'Which goes first',
  modes: {
    'cut-over': {
      name: 'Old first',
      about: 'Cut-over: somebody else may be using them.',
      risk: 'Whatever uses a token is down until it has the new value.',
    },
    overlap: {
      name: 'New first',
      about: 'Overlap: each new one is made and proved first.',
      risk: 'Whatever still uses the old one stops seconds later.',
    },
  },
  found: (amount: number) => (amount === 0 ? 'No token matches' : `${count(amount, 'token')}, most dangerous first`),
  untoldAge: (amount: number) => untoldAgeText(amount, count(amount, 'token')),
  asking: 'Looking in the vault',
  columns: { no: 'No.', label: 'Label', project: 'Project', why: 'Why', mode: 'First', stops: 'What stops working' },
  table: 'What would be replaced',
  modeWords: { 'cut-over': 'Old', overlap: 'New' },
  more: (amount: number) => `and ${count(amount, 'more token')}`,
  none: 'Clear a field, or sync first.',
  rotate: (amount: number) => `Rotate ${amount}`,
  sure: (amount: number) => `Rotate ${count(amount, 'token')} now?`,
  sureAbout: {
    'cut-over':
      'Each old token is deleted and proved gone before its new one is made. Whatever uses them stops working until it has the new value.',
    overlap:
      'Each new token is made and proved before its old one is deleted. Whatever still uses the old ones stops working then.',
  },
  signIn: 'Of the token that Rondo itself signs in with, the new one always comes first.',
  keep: 'Keep them as they are',
  answer: 'Answer an incident',
} as const;
