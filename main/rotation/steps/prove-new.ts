import type { Proof } from '../../../shared/contract/rotation.ts';
import { proofAbout } from '../../../shared/proofs-of.ts';
import { isoInstant } from '../../platform/clock.ts';
import { hasLostValue, lostValue } from '../lost-value.ts';
import type { ReadList } from '../ports.ts';
import { wasProved } from '../prove-again.ts';
import { requireAsAsked } from './as-asked.ts';
import { lateTokens } from './late-tokens.ts';
import { askSingleSignOn, isSaid, type SingleSignOn } from './single-sign-on.ts';
import {
  askUntil,
  listIfAny,
  needsAttention,
  oldTokenStands,
  type RunStep,
  replacementOf,
  type StepContext,
  type StepResult,
  withValueOf,
} from './step.ts';

/**
 * The old token is not touched before this has passed: the new one is listed under the id that CircleCI gave it, and it
 * answers where an answer proves something. What cannot be told by use is said so on the receipt.
 */
export const runProveNew: RunStep = async (context) => {
  const listed = await proveListed(context);
  requireAsAsked(context, listed.list);
  const used = await proveByUse(context);
  if (!listed.proof.ok && !used.ok) {
    throw needsAttention(
      `Nothing proves the new token: CircleCI gave it no id to find it by, and its use cannot be told. ${oldTokenStands(context)}`,
      'Look at the new token on CircleCI. If it is there, put it in place, and delete the old one there if it still is.',
    );
  }
  const signOn = await askSingleSignOn(context);
  const authorized = authorize(context, signOn);
  if (authorized !== undefined) return authorized;
  const late = lateTokens(context, listed.list);
  const detail = used.ok ? `${used.asked}: ${used.answered}` : `it is listed; cannot be told by use (${used.answered})`;
  const unsure = signOn.proofs.filter(({ ok }) => !ok).map(({ what, answered }) => `whether ${what}: ${answered}`);
  return {
    detail: [detail, ...unsure, ...late.proofs.map(({ answered }) => answered)].join('; '),
    proofs: [listed.proof, used, ...signOn.proofs, ...late.proofs],
    also: (transaction) => {
      if (listed.row !== undefined)
        context.world.tokens.takeOwnRow(transaction, replacementOf(context.record), listed.row);
      listed.list?.takeOver(transaction);
      late.log(transaction);
      return undefined;
    },
  };
};

/** Before the old one goes, and before Rondo signs in with it. Undefined: nothing is needed. @throws AppError needs-attention when it was to be done */
function authorize(context: StepContext, signOn: SingleSignOn): StepResult | undefined {
  const { record, answer } = context;
  const { closed, perhaps, isAsked } = signOn;
  const needed = [...closed, ...perhaps.filter((organization) => !isSaid(context, signOn, organization))];
  if (needed.length === 0) return undefined;
  if (answer === undefined || !needed.every((organization) => record.authorize?.includes(organization))) {
    // Of what cannot be asked any more, what it waited for stays as it was.
    const change = { authorize: needed, ...(isAsked ? { authorizePerhaps: perhaps } : {}) };
    return { detail: '', needsPerson: true, change };
  }
  // Where nothing else tells, the person's word is all there is, and the receipt says so.
  if (closed.length === 0) return undefined;
  throw needsAttention(
    `The new token is still kept out of ${closed.join(', ')}.`,
    'Authorize it for single sign-on on its page, then say so again.',
    'nothing-changed',
  );
}

interface Listed {
  readonly proof: Proof;
  readonly list?: ReadList;
  /** Where the answer to the create gave no id. */
  readonly row?: ReturnType<ReadList['ownRow']>;
}

async function proveListed(context: StepContext): Promise<Listed> {
  const { world, record } = context;
  const fresh = world.tokens.get(world.session(), replacementOf(record));
  const list = await askUntil(
    context,
    () => listIfAny(context),
    (read) => read === undefined || fresh?.remoteId === undefined || read.has(fresh.remoteId),
  );
  const { keysBefore } = record;
  const row = keysBefore === undefined ? undefined : list?.ownRow(replacementOf(record), keysBefore);
  const remoteId = fresh?.remoteId ?? row?.remoteId;
  const isListed = remoteId !== undefined && list?.has(remoteId) === true;
  if (list !== undefined && remoteId !== undefined && !isListed) {
    if (wasProved(record) && list.complete)
      throw lost(context, 'CircleCI does not list the new token any more: it was deleted');
    throw needsAttention(
      `CircleCI gave a new token but does not list it. ${oldTokenStands(context)}`,
      'Resume in a few minutes.',
    );
  }
  const expiresAt = (remoteId === undefined ? undefined : list?.factsOf(remoteId))?.expiresAt ?? fresh?.expiresAt;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= world.clock.now()) {
    throw lost(context, `The new token has expired on ${expiresAt.slice(0, 10)}`);
  }
  const proof = {
    what: proofAbout.newListed,
    asked: `the list of ${record.place.kind === 'personal' ? 'personal tokens' : record.place.slug}`,
    answered: answeredBy(list, remoteId),
    at: isoInstant(world.clock.now()),
    ok: isListed,
  };
  return { proof, ...(list === undefined ? {} : { list }), ...(row === undefined ? {} : { row }) };
}

function answeredBy(list: ReadList | undefined, remoteId: string | undefined): string {
  if (list === undefined) return 'no list is to be had';
  return remoteId === undefined ? 'this host gives no ids' : `it has ${remoteId}`;
}

async function proveByUse(context: StepContext): Promise<Proof> {
  const { world, record, userId } = context;
  const { wireScope } = record.request;
  const question = {
    place: record.place,
    userId,
    what: proofAbout.newWorks,
    ...(wireScope === undefined ? {} : { wireScope }),
  };
  const answer = await askUntil(
    context,
    () => withValueOf(context, replacementOf(record), (caller) => world.tokens.ask({ ...question, caller })),
    (read) => read === undefined || read.verdict === 'works' || read.verdict === 'cannot-tell',
  );
  if (answer === undefined) {
    if (hasLostValue(world, record)) throw lostValue(record);
    return unheld(question.what, isoInstant(world.clock.now()));
  }
  if (answer.verdict === 'refused' && wasProved(record)) {
    throw lost(context, `The new token is refused (${answer.proof.answered})`);
  }
  if (answer.verdict !== 'works' && answer.verdict !== 'cannot-tell') {
    throw needsAttention(
      `The new token could not be proved (${answer.proof.answered}). ${oldTokenStands(context)}`,
      'Resume to ask again. The new token is in the vault.',
    );
  }
  return answer.proof;
}

/** It worked once, and does not any more. What used the old one must not lose that as well. */
function lost(context: StepContext, happened: string) {
  return needsAttention(
    `${happened}. ${oldTokenStands(context)}`,
    'Look at both on CircleCI. If the new one is gone, give this rotation up and rotate the old one again.',
  );
}

/** Whoever has taken it has the value, and Rondo has it no more: then the list decides. */
function unheld(what: string, at: string): Proof {
  return { what, asked: 'nobody', answered: 'its value was taken and is not in the vault any more', at, ok: false };
}
