import type { Decision, Rotation, RotationState, StepName } from '../../shared/contract/rotation.ts';
import type { TokenState } from '../../shared/contract/token.ts';
import { type OldTokenFate, oldTokenFate } from '../../shared/old-token-fate.ts';
import { isOpenRotation } from '../../shared/open-rotations.ts';
import { bothTokens, type Known, type OldStanding } from '../state/both-tokens.ts';
import { count } from './count.ts';
import { duration } from './dates.ts';
import { doneSays } from './receipt.ts';
import { oldStands, standSaid } from './stands.ts';
import { waitSays } from './wait-says.ts';

export const rotationStates: Readonly<Record<RotationState, string>> = {
  planned: 'Planned',
  running: 'Running',
  waiting: 'Waits for you',
  done: 'Done',
  'needs-attention': 'Needs you',
  failed: 'Failed',
  abandoned: 'Given up',
};

const running: Readonly<Record<StepName, string>> = {
  plan: 'planning',
  create: 'creating the new token',
  'prove-new': 'proving the new token',
  deliver: 'delivering the new value',
  'retire-old': 'deleting the old token',
  'prove-old-gone': 'proving that the old one is gone',
};

/** Nothing works in between. */
const beforeNew: Readonly<Record<OldStanding, string>> = {
  there: 'The old token still works.',
  untouched: 'The old token was not touched.',
  lost: 'The old token does not work any more; nothing works until the new one is there.',
  unclear: 'The old token may be deleted already; then nothing works until the new one is there.',
  unproved:
    'The old token is said to be deleted, and that is not proved yet; nothing works until the new one is there.',
  deleted: 'The old token is deleted; nothing works until the new one is there.',
};

function whatWorks(rotation: Rotation, known: Known): string {
  const both = bothTokens(rotation, known);
  if (both.fresh === 'none') return rotation.mode === 'cut-over' ? beforeNew[both.old] : `${oldStands[both.old]}.`;
  if (both.fresh !== 'works') return standSaid(both);
  return both.old === 'there' ? 'Old and new both answer, so nothing is down.' : 'The new token works.';
}

/** Of one that ended long ago only what it did itself is certain. */
const left: Readonly<Record<OldTokenFate, string>> = {
  there: 'The old token was not touched',
  unclear: 'The old token may be deleted',
  unproved: 'The old token is said to be deleted',
  deleted: 'The old token is deleted',
};

const fates: Readonly<Record<OldTokenFate, string>> = {
  there: 'still valid',
  unclear: 'may be deleted already',
  unproved: 'not proved deleted',
  deleted: 'deleted',
};

const ends: Partial<Readonly<Record<TokenState, string>>> = {
  gone: 'not listed any more',
  revoked: 'deleted since',
  expired: 'expired',
};

/** In a word, what became of the old token. */
function fateOf(rotation: Rotation, known: Known): string {
  const fate = oldTokenFate(rotation);
  if (fate !== 'there') return fates[fate];
  const end = known.old === undefined ? undefined : ends[known.old.state];
  if (end !== undefined) return end;
  // Of one that came back with a restored vault nobody has looked since.
  if (rotation.decision === 'restored') return 'valid when last seen';
  const isSeen = isOpenRotation(rotation) && bothTokens(rotation).old === 'there';
  return isSeen ? fates.there : 'not touched';
}

/** Naming a rotation says that a person has looked: the button says what comes of it. */
const decided: Readonly<Record<Decision, string>> = {
  restored: 'I have looked, go on from here',
  candidates: 'Keep what is listed, and create another',
};

/** Somebody could put the new value in place before the old one went. */
function hadNewInTime({ retire, byHand = [], steps }: Rotation): boolean {
  const isDelivered = steps.some(({ name, state }) => name === 'deliver' && state === 'done');
  // Whoever made it has its value; where Rondo deletes, that is at once.
  const isAllByHand = byHand.includes('create') && byHand.includes('retire-old');
  return retire === 'taken' || isAllByHand || isDelivered;
}

export const rotationText = {
  title: (label: string, state: RotationState) =>
    state === 'done'
      ? `${label} is replaced`
      : state === 'failed'
        ? `${label} was not replaced`
        : state === 'abandoned'
          ? `Rotating ${label} was given up`
          : `Rotating ${label}`,
  says: (rotation: Rotation, known: Known = {}) => {
    const took = duration(Date.parse(rotation.finishedAt ?? rotation.startedAt) - Date.parse(rotation.startedAt));
    const at = rotation.steps.findIndex(({ state }) => state !== 'done' && state !== 'skipped');
    const step = rotation.steps[at];
    switch (rotation.state) {
      case 'done':
        return `Done in ${took}. ${doneSays(rotation)}`;
      case 'waiting':
        return waitSays(rotation, known);
      case 'needs-attention':
        return rotation.decision === 'restored'
          ? 'It rests until you have looked: nothing of it goes on by itself.'
          : 'It stopped. What it made is written down.';
      case 'failed':
        return 'It stopped early. Nothing was changed.';
      case 'abandoned':
        return `It was given up. ${left[oldTokenFate(rotation)]}; ${rotation.replacement === undefined ? 'no new one is known of it' : 'the new one was left as it is'}.`;
      default:
        return step === undefined
          ? 'Getting ready.'
          : `Step ${at + 1} of ${rotation.steps.length}, ${running[step.name]}. ${whatWorks(rotation, known)}`;
    }
  },
  back: 'Back',
  begins: 'Asking CircleCI',
  missing: 'This rotation is not in the vault.',
  missingAct: 'All rotations',
  overlapLabel: (overlap: string) => `Old and new token on one time line. ${overlap}`,
  newToken: (tail: string | undefined) => (tail === undefined ? 'new' : `new ${tail}`),
  oldToken: (tail: string | undefined, fate: string) => `old${tail === undefined ? '' : ` ${tail}`}, ${fate}`,
  fate: fateOf,
  now: (ms: number) => `now ${duration(ms)}`,
  steps: 'Steps',
  untilTime: 'Waits for its time',
  goesOn: 'Goes on by itself',
  resume: ({ decision }: Rotation) => (decision === undefined ? 'Resume' : decided[decision]),
  giveUp: 'Give up',
  giveUpTitle: (label: string) => `Give up rotating ${label}?`,
  givingUpAsked: 'Asking the vault what would be left behind.',
  keepOn: 'Keep it open',
  giveUpWord: 'ABANDON',
  ifStops: 'If something stops now',
  safe: {
    sealed: 'The new value is sealed in the vault.',
    goesOn: (step: number) => `Rondo goes on at step ${step}, after a crash too.`,
    resumed: (step: number) => `Resumed, it goes on at step ${step}, after a crash too.`,
    comesBack: (step: number) => `It comes back to step ${step}, after a lock or a crash too.`,
  },
  receipt: 'Receipt',
  standing: 'Where it stands',
  byHand: 'Do it by hand',
  again: 'Rotate again',
  toAccounts: 'Accounts in the settings',
  openPage: "Open CircleCI's page",
  openedPage: 'The page is open in your browser.',
  copyReceipt: 'Copy as text',
  copied: 'Copied',
  cannotCopy: 'This system did not allow it. Select the text instead.',
  late: 'CircleCI lists one token more than was asked for.',
  facts: {
    old: 'Old',
    new: 'New',
    overlap: 'Overlap',
    began: 'Begun',
    due: 'Old one due',
    retired: 'Deleted',
    proofs: 'Proofs',
    account: 'Account',
    label: 'Label',
  },
  overlap: (rotation: Rotation, ms: number) => (hadNewInTime(rotation) ? `${duration(ms)}, no outage` : duration(ms)),
  stillHeld: 'You have taken it. The vault holds it until this rotation ends.',
  stillHeldAbout: (rotation: Rotation) =>
    `${oldTokenFate(rotation) === 'there' ? 'The old token is still there, until this goes on. ' : ''}If you have lost the value, take it again before that. Given up, the rotation leaves it to be taken.`,
  takeAgain: 'Take it again',
  lost: {
    title: 'The vault does not hold the new value.',
    oldStays:
      'A restored backup or a repair is without it. If nobody has it, give this rotation up: the old token stays. Then delete the new one, and rotate again.',
    oldGone:
      'A restored backup or a repair is without it. If nobody has it, give this rotation up, delete the new token, and create another.',
    signsIn: 'Rondo itself signs in with the new token, and holds its value for nothing else.',
  },
  sealedUntil: 'Sealed. You can take it as soon as it is proved.',
} as const;

export const rotationsText = {
  title: 'Rotations',
  columns: { label: 'Label', project: 'Project', steps: 'Steps', state: 'State', what: 'What happened', at: 'At' },
  table: 'Rotations',
  none: 'No token has been rotated here yet.',
  noneAct: 'Choose one in the inventory',
  needYou: (amount: number) => `${count(amount, 'rotation')} ${amount === 1 ? 'waits' : 'wait'} for you`,
  running: (replaced: number, all: number) => `${replaced} of ${all} replaced`,
  allDone: (amount: number) => `${count(amount, 'rotation')}, none open`,
  resumeAll: 'Resume all that stopped',
  steps: (done: number) => `${done} of 6 steps`,
  open: (label: string) => `Open the rotation of ${label}`,
} as const;
