import { type RunStep, replacementOf } from './step.ts';

/** The one place that Rondo knows of is its own sign-in: from here on it uses the new token, which was proved. */
export const runDeliver: RunStep = async ({ world, caller, record }) => {
  const replacement = replacementOf(record);
  const before = new Uint8Array(caller.token);
  return {
    detail: 'Rondo signs in with the new token',
    also: (transaction) => {
      // The old value stays held until it was proved dead; it is the one that this rotation began with.
      world.tokens.hold(transaction, record.token, before);
      before.fill(0);
      world.session().withSecret(replacement, (value) => {
        world.accounts.switchSignIn(transaction, record.account, { id: replacement, value });
      });
      return undefined;
    },
  };
};
