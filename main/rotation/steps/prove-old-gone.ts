import type { Proof } from '../../../shared/contract/rotation.ts';
import { isoInstant } from '../../platform/clock.ts';
import type { ReadList } from '../ports.ts';
import { askUntil, needsAttention, type RunStep, type StepContext, withValueOf } from './step.ts';

/** A complete list that lacks the old token decides. Where its value is known it must be refused as well. */
export const runProveOldGone: RunStep = async (context) => {
  const { proof, list } = await proveUnlisted(context);
  const refused = await proveRefused(context);
  return {
    detail: refused === undefined ? proof.answered : `${proof.answered}; ${refused.asked}: ${refused.answered}`,
    proofs: refused === undefined ? [proof] : [proof, refused],
    also: (transaction) => {
      list.takeOver(transaction);
      // In cut-over its successor does not exist yet; that it is deleted is known for certain from here on.
      if (context.record.replacement === undefined) context.world.tokens.retire(transaction, context.record.token);
      return undefined;
    },
  };
};

async function proveUnlisted(context: StepContext): Promise<{ readonly proof: Proof; readonly list: ReadList }> {
  const { world, record, caller } = context;
  const list = await askUntil(
    context,
    () => world.tokens.list(record.account, caller, record.place),
    (read) => read.complete && !read.has(record.oldRemoteId),
  );
  if (list.has(record.oldRemoteId) || !list.complete) {
    throw needsAttention(
      `CircleCI said that the old token is deleted, but its list does not prove it. ${stands(context)}`,
      'Resume to ask again.',
    );
  }
  const proof = {
    what: 'the old token is not listed any more',
    asked: `the list of ${record.place.kind === 'personal' ? 'personal tokens' : record.place.slug}`,
    answered: 'complete, without it',
    at: isoInstant(world.clock.now()),
    ok: true,
  };
  return { proof, list };
}

/** Undefined: its value is not known, or use cannot tell. */
async function proveRefused(context: StepContext): Promise<Proof | undefined> {
  const { world, record, userId } = context;
  const { wireScope } = record.request;
  const question = {
    place: record.place,
    userId,
    what: 'the old token is refused',
    ...(wireScope === undefined ? {} : { wireScope }),
  };
  const answer = await askUntil(
    context,
    () => withValueOf(context, record.token, (caller) => world.tokens.ask({ ...question, caller })),
    (read) => read === undefined || read.verdict === 'refused' || read.verdict === 'cannot-tell',
  );
  if (answer === undefined || answer.verdict === 'cannot-tell') return undefined;
  if (answer.verdict === 'works' || answer.verdict === 'somebody-else') {
    throw needsAttention(
      `The old token is deleted, but it still answers (${answer.proof.answered}). ${stands(context)}`,
      'Resume to ask again; if it goes on answering, tell CircleCI.',
    );
  }
  return { ...answer.proof, ok: answer.verdict === 'refused' };
}

function stands({ record }: StepContext): string {
  return record.replacement === undefined ? 'No new token was made yet.' : 'The new token works.';
}
