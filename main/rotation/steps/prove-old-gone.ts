import type { Proof } from '../../../shared/contract/rotation.ts';
import { proofAbout } from '../../../shared/proofs-of.ts';
import type { Caller } from '../../circleci/circleci.ts';
import { isoInstant } from '../../platform/clock.ts';
import type { ReadList } from '../ports.ts';
import { isByHand } from '../waiting.ts';
import { lateTokens } from './late-tokens.ts';
import { askUntil, listIfAnyStill, needsAttention, type RunStep, type StepContext, withValueOf } from './step.ts';

/**
 * A complete list that lacks the old token decides. Where its value is known it must not work any more either; that it is
 * refused is a proof besides, and without a list the only one: then, at that moment, a value that works must be accepted.
 */
export const runProveOldGone: RunStep = async (context) => {
  const { list, proof, isListed } = await proveUnlisted(context);
  if (isListed) return { detail: 'CircleCI still lists it', deletesAgain: true };
  const refused = await proveRefused(context, proof === undefined);
  const found = [proof, refused].filter((one) => one !== undefined);
  const proofs = found.some(({ ok }) => ok) ? found : [...found, saidBy(context)];
  const late = lateTokens(context, list);
  return {
    detail: [...proofs, ...late.proofs].map(({ asked, answered }) => `${asked}: ${answered}`).join('; '),
    proofs: [...proofs, ...late.proofs],
    also: (transaction) => {
      list?.takeOver(transaction);
      late.log(transaction);
      // In cut-over its successor does not exist yet; that it is deleted is known for certain from here on.
      if (context.record.replacement === undefined) context.world.tokens.retire(transaction, context.record.token);
      return undefined;
    },
  };
};

/** Neither a list nor its value tells: the person's word is all there is, and the receipt says so. */
function saidBy({ world, record, answer }: StepContext): Proof {
  const what = 'the old token is deleted';
  const at = isoInstant(world.clock.now());
  if (isByHand(record, 'retire-old')) {
    return {
      what,
      asked: 'the person who deleted it',
      answered: 'yes; Rondo cannot see it on this host',
      at,
      ok: false,
    };
  }
  if (answer?.act === 'delete') {
    const answered = 'it is gone; CircleCI told Rondo so, and proved it by nothing';
    return { what, asked: 'the person who looked on its page', answered, at, ok: false };
  }
  throw needsAttention(
    'CircleCI said that the old token is deleted, but it has no list any more that would prove it.',
    'Look at the token on its page, and say that it is gone. Or resume to ask again.',
  );
}

/** Without a proof: the host has no list, or it gives no ids and has a row that looks the same. */
async function proveUnlisted(context: StepContext): Promise<{
  readonly list?: ReadList;
  readonly proof?: Proof;
  readonly isListed?: true;
}> {
  const { world, record } = context;
  const isMissingProof = (read: ReadList) => !read.complete || read.presence(record.token) === 'listed';
  const list = await listIfAnyStill(context, (read) => !isMissingProof(read) || isToBeDeletedAgain(context, read));
  if (list === undefined) return {};
  if (isToBeDeletedAgain(context, list)) return { isListed: true };
  const presence = list.presence(record.token);
  // A person reads also the rows that Rondo cannot.
  if (presence === 'listed' || (!list.complete && context.answer === undefined)) {
    throw needsAttention(
      `CircleCI said that the old token is deleted, but its list does not prove it. ${stands(context)}`,
      `${lookingAgain(context)}.`,
    );
  }
  if (presence === 'cannot-tell') return { list };
  const proof = {
    what: proofAbout.oldUnlisted,
    asked: `the list of ${record.place.kind === 'personal' ? 'personal tokens' : record.place.slug}`,
    answered: 'complete, without it',
    at: isoInstant(world.clock.now()),
    ok: true,
  };
  return { list, proof };
}

/**
 * CircleCI said in an earlier run that it is deleted, and has it all the same. Deleting is repeatable; in the run that has
 * just deleted it the list may be behind.
 */
function isToBeDeletedAgain({ record, isEntry, answer }: StepContext, list: ReadList | undefined): boolean {
  const { oldRemoteId } = record;
  if (!isEntry || answer !== undefined || isByHand(record, 'retire-old')) return false;
  return oldRemoteId !== undefined && list?.has(oldRemoteId) === true;
}

/** What resuming does, as in `isToBeDeletedAgain`. */
function lookingAgain({ record }: StepContext): string {
  const look = 'Resume to look again';
  return isByHand(record, 'retire-old') ? look : `${look}: where it is still listed, it is deleted once more`;
}

/** Undefined: its value is not known, or use cannot tell. `isAlone`: no list proves what this does. */
async function proveRefused(context: StepContext, isAlone: boolean): Promise<Proof | undefined> {
  const { world, record, userId } = context;
  const { wireScope } = record.request;
  const question = {
    place: record.place,
    userId,
    what: proofAbout.oldRefused,
    ...(wireScope === undefined ? {} : { wireScope }),
  };
  const ask = (control: { readonly control?: Caller } = {}) =>
    withValueOf(context, record.token, (caller) => world.tokens.ask({ ...question, ...control, caller }));
  const answer = await askUntil(
    context,
    () => (isAlone ? withWorking(context, (control) => ask({ control })) : ask()),
    (read) => read === undefined || read.verdict === 'refused' || read.verdict === 'cannot-tell',
  );
  if (answer === undefined || answer.verdict === 'cannot-tell') return undefined;
  if (answer.verdict === 'works' || answer.verdict === 'somebody-else') {
    throw needsAttention(
      `The old token is said to be deleted, but it still answers (${answer.proof.answered}). ${stands(context)}`,
      `${lookingAgain(context)}. If it goes on answering, tell CircleCI.`,
    );
  }
  return { ...answer.proof, ok: answer.verdict === 'refused' };
}

/** Lends `work` what should work: the new token, or where there is none yet or its value is not held, the account's own. */
async function withWorking<T>(
  context: StepContext,
  work: (control: Caller) => Promise<T | undefined>,
): Promise<T | undefined> {
  const { replacement } = context.record;
  const answer = replacement === undefined ? undefined : await withValueOf(context, replacement, work);
  return answer ?? work(context.caller);
}

function stands({ record }: StepContext): string {
  return record.replacement === undefined ? 'No new token was made yet.' : 'The new token works.';
}
