import { isoInstant } from '../../platform/clock.ts';
import { listIfAnyStill, needsAttention, type RunStep, type StepContext, withValueOf } from './step.ts';

/**
 * A person says that the old token is deleted. A list that still has it says otherwise; and the new one is looked for as
 * well, because the two share their name on the page and the wrong one may be gone. What proves the deletion is looked for
 * by the step after this.
 */
export const runRetireByHand: RunStep = async (context) => {
  const { world, record } = context;
  const list = await listIfAnyStill(context);
  if (list?.presence(record.token) === 'listed') {
    throw needsAttention(
      'CircleCI still lists the old token.',
      'Delete it on its page, not the new one, then say so again.',
      'nothing-changed',
    );
  }
  const old = list?.presence(record.token) === 'absent' ? undefined : await askByValue(context, record.token);
  if (old?.verdict === 'works') {
    throw needsAttention(
      `The old token still answers (${old.proof.answered}).`,
      'Delete it on its page, not the new one, then say so again.',
      'nothing-changed',
    );
  }
  if (record.replacement !== undefined && list?.presence(record.replacement) === 'absent') {
    throw needsAttention(
      'CircleCI does not list the new token any more: it seems that it was deleted, and not the old one.',
      bothHint,
    );
  }
  const fresh = record.replacement === undefined ? undefined : await askByValue(context, record.replacement);
  if (fresh?.verdict === 'refused') {
    throw needsAttention(
      `The new token is refused (${fresh.proof.answered}): it seems that it was deleted, and not the old one.`,
      bothHint,
    );
  }
  return { detail: 'deleted by hand, as the person says', change: { retiredAt: isoInstant(world.clock.now()) } };
};

const bothHint =
  'Look at both on CircleCI. If the new one is gone, give this rotation up and rotate the old one again. If both are, create another.';

/** Undefined: its value is not held. */
async function askByValue(context: StepContext, id: string) {
  const { world, record, userId } = context;
  const { wireScope } = record.request;
  const question = {
    place: record.place,
    userId,
    what: 'the token answers',
    ...(wireScope === undefined ? {} : { wireScope }),
  };
  return withValueOf(context, id, (caller) => world.tokens.ask({ ...question, caller }));
}
