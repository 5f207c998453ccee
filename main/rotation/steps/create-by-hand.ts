import type { Remedy } from '../../../shared/contract/remedies.ts';
import { AppError } from '../../app-error.ts';
import { isoInstant } from '../../platform/clock.ts';
import type { ReadList } from '../ports.ts';
import { isFull } from './as-asked.ts';
import { askUntil, listIfAny, type RunStep, type StepContext, withValue } from './step.ts';

/**
 * A person made the new token on CircleCI's page and gave its value. It counts once the list shows it, where there is a
 * list, and it answers as the same identity. Until then nothing of it is written, and the rotation waits as before.
 */
export const runCreateByHand: RunStep = async (context) => {
  const { world, record, answer } = context;
  if (answer?.act !== 'create') throw new Error('a token made by hand came without its value');
  const found = await findRow(context, answer.value);
  if (!found?.isItsOwn && world.tokens.mayBeOld(record.token, answer.value)) throw perhapsOld();
  const proof = await proveByUse(context, answer.value, found?.isItsOwn === true);
  const row = found?.row;
  const at = isoInstant(world.clock.now());
  const { label, wireScope, access } = record.request;
  const asked = {
    label,
    ...(wireScope === undefined ? {} : { wireScope }),
    ...(access === undefined || row !== undefined ? {} : { access }),
  };
  return {
    detail: `created by hand${row?.remoteId === undefined ? '' : ` (${row.remoteId})`}, its value is sealed`,
    proofs: [proof],
    also: (transaction) => {
      const replacement = world.tokens.addReplacement(transaction, {
        old: record.token,
        place: record.place,
        created: { ...asked, ...row, value: answer.value },
        keep: record.keep,
        at,
        ...(row === undefined ? { neverListed: true } : {}),
      });
      return { replacement, createdAt: at };
    },
  };
};

/**
 * Undefined: there is no list, or there was none when this began: then what is new on it cannot be told, and only the value
 * itself may say which row is its own.
 * @throws AppError invalid-input when the list shows no new token
 */
async function findRow(context: StepContext, value: Uint8Array): Promise<ReturnType<ReadList['newRow']>> {
  const { keysBefore, request } = context.record;
  const { label, wireScope, access } = request;
  const wanted = {
    value,
    label,
    ...(keysBefore === undefined ? {} : { before: keysBefore }),
    ...(wireScope === undefined ? {} : { wireScope }),
    ...(access === undefined ? {} : { access }),
    isFull: isFull(context.record.place, context.record.request),
  };
  const found = await askUntil(
    context,
    async () => {
      const list = await listIfAny(context);
      return list === undefined ? 'no list' : list.newRow(wanted);
    },
    (row) => row !== undefined || keysBefore === undefined,
  );
  if (found === 'no list') return undefined;
  if (found !== undefined || keysBefore === undefined) return found;
  throw new AppError('invalid-input', "CircleCI's list shows no new token that this value could belong to.", {
    effect: 'nothing-changed',
    hint: 'Make the token where the page is that Rondo names, with the same name, and give its value.',
  });
}

/** The new token is on the list, but its page may have been closed, and the old value copied once more. */
function perhapsOld(): AppError {
  return new AppError(
    'invalid-input',
    'Nothing tells this value from that of the old token, which Rondo does not know.',
    {
      effect: 'nothing-changed',
      hint: "So that it can compare, give Rondo the old token's value first, then the new one.",
      details: { remedy: 'token.adopt' satisfies Remedy },
    },
  );
}

/** `isItsOwn`: the list says that the value is that of the new token. */
async function proveByUse(context: StepContext, value: Uint8Array, isItsOwn: boolean) {
  const { world, record, userId } = context;
  const { wireScope } = record.request;
  const question = {
    place: record.place,
    userId,
    what: 'the value that was given works',
    ...(wireScope === undefined ? {} : { wireScope }),
  };
  const { verdict, proof } = await askUntil(
    context,
    () => withValue(context, value, (caller) => world.tokens.ask({ ...question, caller })),
    (answer) => answer.verdict !== 'refused' && answer.verdict !== 'unclear',
  );
  if (verdict === 'works' || (verdict === 'cannot-tell' && isItsOwn)) return proof;
  const unproved = verdict === 'cannot-tell' ? 'cannot be told from any other by use' : 'does not work here';
  const why = verdict === 'somebody-else' ? 'belongs to another user' : unproved;
  throw new AppError('invalid-input', `The value ${why} (${proof.asked}: ${proof.answered}).`, {
    effect: 'nothing-changed',
    hint: 'Give the value of the new token. If its page is closed, delete that token, make another, and give its value.',
  });
}
