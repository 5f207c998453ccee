import { mint } from '../../main/sandbox/mint.ts';
import type { PersonalAccess, StoredToken } from '../../main/sandbox/token-table.ts';
import { expectOk } from '../support/core-pieces.ts';
import type { Act } from './acts.ts';
import { chosen, strangers } from './choices.ts';
import { during, makeByHand, type Outcome } from './disturb.ts';
import { signInWith, usedBefore } from './sign-in-again.ts';
import type { Stage } from './stage.ts';

/** A person adds an account, signs one in with another of their tokens, or removes one, whatever rotation is open there. */
export async function changeAccount(act: Act & { readonly kind: 'account' }, stage: Stage): Promise<Outcome> {
  const { client } = stage.core();
  switch (act.does) {
    case 'removes': {
      const id = chosen(stage.sight.accounts, act.pick)?.id ?? '';
      return { result: await client('account.remove', { id }), disturbed: false };
    }
    case 'adds': {
      const user = chosen(strangers(stage), act.pick)?.id ?? '';
      const outcome = await signIn(act, stage, makeSpare(stage, user, act.pick));
      if (outcome.result?.ok) await watchProject(stage, user);
      return outcome;
    }
    case 'signs-in': {
      const user = chosen(stage.sight.accounts, act.pick)?.userId ?? '';
      const known = act.token === 'known' ? usedBefore(stage, user, act.pick) : undefined;
      return signIn(act, stage, known ?? makeSpare(stage, user, act.pick));
    }
  }
}

function signIn(act: Extract<Act, { kind: 'account' } & { how: unknown }>, stage: Stage, token: StoredToken) {
  return during(stage, { how: act.how }, () => signInWith(stage, token));
}

/** What a person makes on CircleCI's page for Rondo; not each may do everything. */
function makeSpare(stage: Stage, user: string, pick: number): StoredToken {
  const scope: PersonalAccess = pick % 8 === 7 ? 'read' : pick % 4 === 3 ? 'write' : 'admin';
  const holder = { kind: 'personal', user, scope } as const;
  const label = 'spare';
  let made: StoredToken | undefined;
  makeByHand(stage, { place: 'personal', label, duringOurs: false }, () => {
    made = mint(stage.imitation.world, { label, holder });
  });
  if (made === undefined) throw new Error('nothing was made by hand');
  return made;
}

/** What was watched before stays out until somebody watches it again. */
async function watchProject(stage: Stage, user: string): Promise<void> {
  const { client } = stage.core();
  const { accounts } = expectOk(await client('account.list', {}));
  const account = accounts.find(({ userId }) => userId === user)?.id ?? '';
  expectOk(await client('project.add', { slugs: ['gh/tidewater/web'], account }));
}
