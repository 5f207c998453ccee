import { AppError } from '../../app-error.ts';
import { isoInstant } from '../../platform/clock.ts';
import { lostValue } from '../lost-value.ts';
import { signInNow } from '../own-sign-in.ts';
import { askUntil, needsAttention, type RunStep, replacementOf, type StepContext } from './step.ts';

/**
 * The one place that Rondo knows of is its own sign-in. The account switches to the new token, which was proved, and then
 * the switch is proved: a request that the account signs must answer as the same user. Until then the old value is held,
 * and whatever else comes of that question puts it back, so no moment exists in which the account has none that works.
 */
export const runDeliver: RunStep = async (context) => {
  if (context.record.switched === undefined) switchOver(context);
  try {
    const { proof, verdict } = await askSignedIn(context);
    if (signInNow(context.world, context.record) !== 'new') throw signedInAgain();
    if (verdict === 'works') return { detail: 'Rondo signs in with the new token', proofs: [proof] };
    throw needsAttention(`Signed in with the new token, CircleCI answered ${proof.answered}. ${stands}`, hint);
  } catch (error) {
    // Stopped in between, it is asked again when the rotation is resumed. A bug tells nothing of the token.
    if (!(error instanceof AppError) || error.code === 'stopped') throw error;
    // What somebody put in its place meanwhile stays there, and was asked instead of the new token.
    if (signInNow(context.world, context.record) !== 'new') throw signedInAgain();
    switchBack(context);
    throw error.code === 'needs-attention' ? error : unproved(error);
  }
};

const stands = 'Rondo signs in with the old token again, which was not touched; the new one is in the vault.';
const hint = 'Resume to try again.';

/** @throws AppError needs-attention: the vault does not hold the new value, and nothing was written */
function switchOver({ world, caller, record, write }: StepContext): void {
  const replacement = replacementOf(record);
  const before = new Uint8Array(caller.token);
  const held = record.heldBefore ?? world.tokens.get(world.session(), record.token)?.held ?? 'none';
  const { browser } = world.accounts.get(record.account);
  const at = isoInstant(world.clock.now());
  try {
    write(
      'deliver switched',
      (open) => ({ ...open, switched: { at, held, ...(browser === undefined ? {} : { browser }) } }),
      (transaction) => {
        // The old value stays held until it was proved dead; it is the one that this rotation began with.
        world.tokens.hold(transaction, record.token, before);
        const isSwitched = world.session().withSecret(replacement, (value) => {
          world.accounts.switchSignIn(transaction, record.account, { id: replacement, value });
          return true;
        });
        if (isSwitched === undefined) throw lostValue(record);
      },
    );
  } finally {
    before.fill(0);
  }
}

/** By the account itself, as every request from now on. */
async function askSignedIn(context: StepContext) {
  const { world, record, userId } = context;
  const question = { place: { kind: 'personal' }, userId, what: 'Rondo signs in with the new token' } as const;
  return askUntil(
    context,
    () => world.accounts.withCaller(record.account, (caller) => world.tokens.ask({ ...question, caller })),
    ({ verdict }) => verdict === 'works',
  );
}

function switchBack({ world, record, write }: StepContext): void {
  write(
    'deliver undone',
    ({ switched: _undone, heldBefore: _asBefore, ...open }) => open,
    (transaction, { switched }) => {
      const browser = switched?.browser === undefined ? {} : { browser: switched.browser };
      world.session().withSecret(record.token, (value) => {
        world.accounts.switchSignIn(transaction, record.account, { id: record.token, value, ...browser });
      });
      if (switched !== undefined) world.tokens.unhold(transaction, record.token, switched.held);
    },
  );
}

function signedInAgain() {
  return needsAttention(
    'Meanwhile Rondo was signed in with another token, and that stays so. The old token was not touched; the new one is in the vault.',
    'Resume: Rondo looks first at what it signs in with now.',
  );
}

function unproved(cause: AppError): AppError {
  return new AppError(cause.code, `${cause.happened} ${stands}`, { hint, cause });
}
