import type { Rotation, Step, StepName } from '../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../shared/open-rotations.ts';
import { type Wait, waitOf } from '../state/waits.ts';
import { dayAndTime, daysInWords } from './dates.ts';
import { asWholeSentence } from './sentence.ts';

export const stepWords: Readonly<Record<StepName, string>> = {
  plan: 'Plan',
  create: 'Create',
  'prove-new': 'Prove new',
  deliver: 'Deliver',
  'retire-old': 'Retire old',
  'prove-old-gone': 'Prove old gone',
};

/** What a step will do, while it has not. */
const aims: Readonly<Record<StepName, string>> = {
  plan: 'Asks CircleCI whether the account answers as itself and the old token is there.',
  create: 'Creates the new token; its value is sealed in the same write.',
  'prove-new': 'Looks for it in the list, and asks with its value where that is held.',
  deliver: 'Puts the new value where it is used.',
  'retire-old': 'Deletes the old token, only after the new one is proved.',
  'prove-old-gone': 'Reads the list again, and asks with the old value where that is held.',
};

const cutOverAims: Readonly<Record<StepName, string>> = {
  ...aims,
  'retire-old': 'Deletes the old token at once: somebody else may be using it.',
};

const aimsByHand: Partial<Readonly<Record<StepName, string>>> = {
  create: "You create the new token on CircleCI's page; its value is checked, and sealed here.",
  'retire-old': "You delete the old token on CircleCI's page; Rondo looks whether it is gone.",
};

/** What its step says while it waits. */
const waits: Readonly<Record<Exclude<Wait, 'time'>, string>> = {
  create: "You do this on CircleCI's page.",
  authorize: "An organization keeps the new token out until you have authorized it on CircleCI's page.",
  delete: "You do this on CircleCI's page. Rondo looks whether it is gone.",
  taking: 'Waits until you have taken the new value. The old token stays until then.',
  over: 'Its wait is over: it goes on within a minute, when CircleCI answers, or at the next unlock.',
  overdue: 'It could not go on: see above.',
};

/** The rotation ended before this step: it is not to come. */
export function isLeftUndone({ state }: Step, rotation: Rotation): boolean {
  return !isOpenRotation(rotation) && (state === 'pending' || state === 'waiting');
}

export function stepSays(step: Step, rotation: Rotation): string {
  if (isLeftUndone(step, rotation)) return 'Not done.';
  const aim =
    (rotation.byHand?.includes(step.name) ? aimsByHand[step.name] : undefined) ??
    (rotation.mode === 'cut-over' ? cutOverAims : aims)[step.name];
  if (step.state === 'pending' || step.state === 'running') return aim;
  if (step.state === 'waiting') {
    if (rotation.decision === 'restored') return 'It rests until you have looked: see above.';
    const wait = waitOf(rotation) ?? 'taking';
    return wait === 'time' ? `Waits until ${dueTime(rotation)}. The old token stays until then.` : waits[wait];
  }
  if (step.name === 'deliver' && step.state === 'skipped') return 'No places are known: you put it in place yourself.';
  const detail = step.detail ?? '';
  // Said in full above the steps, with what to do.
  if (step.state === 'failed' && detail === rotation.error?.message) return 'It stopped here: see above.';
  return detail === '' ? aim : daysInWords(asWholeSentence(detail));
}

/** When the old token goes, where that is at a time. */
export function dueTime({ retireDueAt = '' }: Rotation): string {
  return dayAndTime(retireDueAt);
}
