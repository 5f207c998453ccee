import { oldTokenFate } from '../../shared/old-token-fate.ts';
import { expectOk } from '../support/core-pieces.ts';
import { must } from './broken.ts';
import type { Before, Done } from './invariants.ts';
import type { Stage } from './stage.ts';

/** What is true of accounts after every act. */
export async function accountsAreRight(stage: Stage, before: Before, { act, outcome }: Done): Promise<void> {
  const { sight, ledger } = stage;
  const people = sight.accounts.map(({ userId }) => userId);
  must(new Set(people).size === people.length, 'one person has two accounts');
  for (const { id, userId } of sight.accounts) {
    must((ledger.accounts.get(userId) ?? id) === id, 'somebody came back and got another account');
    ledger.accounts.set(userId, id);
  }
  await nobodyIsSignedOut(stage);
  if (act.kind !== 'account') {
    const isRestored = act.kind === 'restart' && act.from === 'backup';
    must(isRestored || idsOf(sight) === idsOf(before.sight), 'an account came or went, and nobody had asked for it');
    return;
  }
  const alive = ledger.alive();
  // Cut off it is unlocked again, and then what had become due goes on.
  if (outcome.ended === undefined) {
    const late = deletionsUnderWay(before);
    for (const id of before.alive.keys()) {
      must(alive.has(id) || late.has(id), `${id} was deleted as an account was changed`);
    }
  }
  must(ledger.madeByRondo().length === before.made, 'a token was made as an account was changed');
  const isDone = outcome.result?.ok === true;
  switch (act.does) {
    case 'removes':
      must(stage.requests === before.requests, 'CircleCI was asked as an account was removed');
      must(isDone && sight.accounts.length === before.sight.accounts.length - 1, 'the account was not removed');
      return;
    case 'adds':
      // Cut off at its last point it may be there and not say so.
      if (outcome.ended !== undefined) return;
      must(sight.accounts.length === before.sight.accounts.length + (isDone ? 1 : 0), 'what was added is not there');
      return;
    case 'signs-in':
      must(idsOf(sight) === idsOf(before.sight), 'an account got another id as it was signed in again');
  }
}

/** A deletion that was given up may arrive only now. */
function deletionsUnderWay({ sight }: Before): ReadonlySet<string | undefined> {
  const unclear = sight.rotations.filter((rotation) => oldTokenFate(rotation) === 'unclear').map(({ token }) => token);
  return new Set(sight.tokens.filter(({ id }) => unclear.includes(id)).map(({ remoteId }) => remoteId));
}

function idsOf({ accounts }: Stage['sight']): string {
  return accounts.map(({ id }) => id).join();
}

const certain = /^Rondo signs in to /;
/** The value of an older token does not say which one it is. */
const perhaps = /^Rondo signs in to |^It may be the one that Rondo itself signs in with/;

/** What it said of a token that it would delete; nothing is deleted without a confirmation. */
async function signsInBy({ core }: Stage, ids: readonly string[], words = certain): Promise<boolean> {
  if (ids.length === 0) return false;
  const asked = await core().client('token.delete', { ids: [...ids] });
  must(!asked.ok && asked.error.code === 'confirmation-required', 'a delete was not asked to be confirmed');
  const consequences = asked.ok ? [] : (asked.error.details?.consequences ?? []);
  return Array.isArray(consequences) && consequences.some((line) => words.test(String(line)));
}

/** Rondo signs in with none of the tokens that it has itself deleted. */
async function nobodyIsSignedOut(stage: Stage): Promise<void> {
  const { ledger, sight } = stage;
  const dead = new Set(
    ledger.deleted().flatMap(({ id, label }) => (ledger.signIns.has(label) && !mayBeDead(stage, id) ? [id] : [])),
  );
  const ids = sight.tokens.filter(({ remoteId = '' }) => dead.has(remoteId)).map(({ id }) => id);
  must(!(await signsInBy(stage, ids)), 'Rondo signs in with a token that it has deleted');
}

/** Not by Rondo's doing. */
function mayBeDead({ ledger }: Stage, id: string): boolean {
  return ledger.endedByPeople(id) || ledger.deletedAsTold.has(id) || ledger.goneAtRestore.has(id);
}

/** Each account asks who it is: what it asks with works, unless time or a person has ended it. */
export async function everyAccountSignsIn(stage: Stage): Promise<void> {
  const { ledger, imitation, sight } = stage;
  const { world } = imitation;
  const { sync } = await syncUndisturbed(stage);
  must(stage.callers.size === sight.accounts.length, 'not every account was asked who it is');
  let allWork = true;
  for (const value of stage.callers) {
    const token = ledger.ofValue(value);
    must(token !== undefined, 'an account signs in with a value that CircleCI never gave');
    if (token === undefined) continue;
    const isListed = ledger.alive().has(token.id);
    must(isListed || mayBeDead(stage, token.id), `an account signs in with ${token.id}, which Rondo has deleted`);
    if (world.tokens.working(value, world.clock.now()) === undefined) allWork = false;
  }
  // A host without the route is told of once.
  const failure = sync.failed.find(
    ({ error }) => error.code !== 'unsupported' || !world.variants.has('no-personal-routes'),
  );
  must(!allWork || failure === undefined, `an account cannot sign in any more: ${failure?.error.message}`);
  await stage.look();
  if (allWork) await rondoSaysSo(stage);
}

/** What was given up in the last act may arrive only now, and hang: that gives up what is asked beside it. So asked twice. */
async function syncUndisturbed(stage: Stage) {
  const ask = async () => {
    stage.callers.clear();
    return expectOk(await stage.core().client('sync.run', {}));
  };
  const first = await ask();
  return first.sync.failed.some(({ error }) => error.code === 'network') ? ask() : first;
}

/** Else the check after every act would see nothing. */
async function rondoSaysSo(stage: Stage): Promise<void> {
  const { ledger, sight, callers } = stage;
  for (const value of callers) {
    const remoteId = ledger.ofValue(value)?.id;
    const row = sight.tokens.find((token) => token.remoteId === remoteId);
    const words = value.startsWith('CCI') ? certain : perhaps;
    if (row !== undefined)
      must(await signsInBy(stage, [row.id], words), `Rondo does not say that it signs in with ${remoteId}`);
  }
}
