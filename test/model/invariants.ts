import type { StoredToken } from '../../main/sandbox/token-table.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { expectOk } from '../support/core-pieces.ts';
import type { Act } from './acts.ts';
import { must } from './broken.ts';
import type { Outcome } from './disturb.ts';
import { accountsAreRight, everyAccountSignsIn } from './invariants-of-accounts.ts';
import { jobsAreRight } from './invariants-of-jobs.ts';
import { type Ledger, mayHaveCreated, placeOfStored, placeOfToken, type Sight, unknownTokens } from './ledger.ts';
import type { Stage } from './stage.ts';

/** What was true before the act. */
export interface Before {
  readonly sight: Sight;
  readonly alive: ReadonlyMap<string, StoredToken>;
  readonly made: number;
  readonly requests: number;
  /** By this machine's clock. */
  readonly nowMs: number;
}

export interface Done {
  readonly act: Act;
  readonly outcome: Outcome;
  /** Whether the vault may hold something else than before. */
  readonly vaultMoved: boolean;
}

/** What the rotation journal promises, held against CircleCI's own tables after every act. */
export async function checkInvariants(stage: Stage, before: Before, done: Done): Promise<void> {
  const { ledger, sight, touched } = stage;
  const [violation] = ledger.violations;
  must(violation === undefined, violation ?? '');
  expectNoBug(done.outcome);
  noteBelieved(stage, done);
  noteHeld(ledger, sight);
  everyTokenIsKnown(ledger, sight);
  nothingElseIsDeleted(ledger, sight);
  const alive = ledger.alive();
  for (const rotation of sight.rotations) aWorkingTokenIsKnown({ ledger, sight, alive }, rotation);
  for (const { id } of touched.values()) {
    const rotation = sight.rotations.find((one) => one.id === id);
    if (rotation !== undefined) whatItSaysIsTrue(stage, before, rotation);
  }
  const made = ledger.madeByRondo().length - before.made;
  const creating = touched.size + (done.act.kind === 'create' ? 1 : 0);
  must(made <= 2 * creating, `${made} tokens came of ${creating} creations`);
  theActDidWhatItSays(stage, before, done);
  nobodyIsWoken(stage);
  if (!done.vaultMoved) return;
  await accountsAreRight(stage, before, done);
  await heldValuesAreRight(stage);
  await jobsAreRight(stage);
}

function expectNoBug({ result, ended }: Outcome): void {
  if (result === undefined || result.ok || ended === 'crash') return;
  const { code, message } = result.error;
  must(!['internal', 'storage', 'vault-damaged', 'vault-busy'].includes(code), `it failed with ${code}: ${message}`);
}

/** Of what a person says is deleted nothing else tells while the list is refused: their word is believed, and only then. */
function noteBelieved({ ledger, sight }: Stage, { outcome }: Done): void {
  if (outcome.met !== true) return;
  for (const { state, remoteId = '' } of sight.tokens) {
    if (state === 'revoked' && ledger.lied.has(remoteId)) ledger.believed.add(remoteId);
  }
}

/** The vault keeps the row of a token also once it is deleted. */
function noteHeld(ledger: Ledger, { tokens }: Sight): void {
  for (const { remoteId, hasValue } of tokens) {
    if (remoteId !== undefined && hasValue !== 'none') ledger.hadValue.add(remoteId);
  }
}

/** In the vault, or a create of an open rotation accounts for it, one each; or Rondo has said that it may be lost. */
function everyTokenIsKnown(ledger: Ledger, sight: Sight): void {
  const unknown = unknownTokens(ledger, sight);
  for (const place of new Set(unknown.map(placeOfStored))) {
    const here = unknown.filter((token) => placeOfStored(token) === place);
    const accounted = sight.rotations.filter((rotation) => {
      const token = sight.tokens.find(({ id }) => id === rotation.token);
      return mayHaveCreated(rotation) && token !== undefined && placeOfToken(token) === place;
    });
    must(here.length <= accounted.length, `nobody knows of ${here.map(({ id }) => id).join(', ')} in ${place}`);
  }
}

/** Only what a person or a rotation was told to delete, and orphans: those are of Rondo's making, and nobody had their value. */
function nothingElseIsDeleted(ledger: Ledger, sight: Sight): void {
  const replaced = new Set(sight.rotations.map(({ token }) => sight.tokens.find(({ id }) => id === token)?.remoteId));
  for (const { id, label } of ledger.deleted()) {
    const mayBeOrphan = !ledger.hadValue.has(id) && (ledger.isRondos(id) || ledger.alike.has(id));
    const allowed = ledger.endedByPeople(id) || ledger.goneAtRestore.has(id) || replaced.has(id) || mayBeOrphan;
    must(allowed, `${label} (${id}) was deleted, and nobody had asked for it`);
  }
}

interface Seen {
  readonly ledger: Ledger;
  readonly sight: Sight;
  readonly alive: ReadonlyMap<string, StoredToken>;
}

/** In overlap: the old one, or the new one whose value the vault holds or somebody took. */
function aWorkingTokenIsKnown({ ledger, sight, alive }: Seen, rotation: Rotation): void {
  if (rotation.mode !== 'overlap') return;
  const old = sight.tokens.find(({ id }) => id === rotation.token)?.remoteId ?? '';
  const isReplaced = (remoteId: string) => isReplacedOtherwise(sight, rotation, remoteId);
  if (alive.has(old) || ledger.endedByPeople(old) || ledger.goneAtRestore.has(old) || isReplaced(old)) return;
  if (ledger.wasGoneBefore(rotation.id, old)) return;
  const fresh = sight.tokens.find(({ id }) => id === rotation.replacement);
  must(fresh !== undefined, `the old token of ${rotation.id} is deleted, and there is no new one`);
  // One that was made by hand where no list could be read has no id in the vault yet.
  const id = fresh?.remoteId ?? ledger.madeByHand.get(rotation.id) ?? '';
  if (isReplaced(id)) return;
  if (ledger.endedByPeople(id)) {
    // A person may end the new one afterwards, and may delete the old one by hand whenever they like.
    const order = ledger.deleted().map((token) => token.id);
    // A deletion that Rondo refused, as the rotation is open, has ended nothing.
    const wasFirst = order.includes(id) && order.indexOf(id) < order.indexOf(old);
    must(!wasFirst || rotation.byHand !== undefined, `the old token of ${rotation.id} went after the new one was gone`);
    return;
  }
  must(alive.has(id), `neither the old nor the new token of ${rotation.id} works`);
  const known = fresh?.hasValue !== 'none' || ledger.taken.get(id) === alive.get(id)?.value;
  must(known, `nobody knows the value of the new token of ${rotation.id}`);
}

/** Two accounts may see the same token, each in a row of its own: another rotation of it answers for itself. */
function isReplacedOtherwise(sight: Sight, rotation: Rotation, remoteId: string): boolean {
  const remoteIdOf = (token: string) => sight.tokens.find(({ id }) => id === token)?.remoteId;
  return sight.rotations.some((other) => other.id !== rotation.id && remoteIdOf(other.token) === remoteId);
}

function whatItSaysIsTrue({ ledger, sight, touched }: Stage, before: Before, rotation: Rotation): void {
  const alive = ledger.alive();
  const oldId = sight.tokens.find(({ id }) => id === rotation.token)?.remoteId ?? '';
  const fresh = sight.tokens.find(({ id }) => id === rotation.replacement);
  const delivered = ledger.delivered.get(rotation.id) ?? 0;
  const allowed = 1 + (ledger.interrupted.get(rotation.id) ?? 0);
  must(delivered <= allowed, `${delivered} creates of ${rotation.id} were answered`);
  const isReplacedBeside = [...touched.values()].some(
    (other) => other.id !== rotation.id && sight.tokens.find(({ id }) => id === other.token)?.remoteId === oldId,
  );
  if (rotation.state === 'failed' && !ledger.endedByPeople(oldId) && !isReplacedBeside) {
    must(alive.has(oldId) === before.alive.has(oldId), 'it failed, and the old token was touched');
  }
  if (rotation.state !== 'done') return;
  must(!alive.has(oldId) || ledger.believed.has(oldId), 'it is done, and the old token still works');
  const { receipt } = rotation;
  must(receipt !== undefined, 'it is done, and there is no receipt');
  const freshId = fresh?.remoteId ?? '';
  // One that was made by hand where no list could be read has no id yet: then its end tells which one it is.
  const withoutId = [...alive.values()].find(({ value }) => value.slice(-4) === receipt?.new.tail);
  const value = (freshId === '' ? withoutId : alive.get(freshId))?.value;
  must(
    value !== undefined || ledger.endedByPeople(freshId) || isReplacedOtherwise(sight, rotation, freshId),
    'it is done, and the new token does not work',
  );
  if (value !== undefined) must(receipt?.new.tail === value.slice(-4), 'the receipt names another value');
  must((receipt?.overlapMs ?? 0) >= 0, 'the old token went before the new one came');
  must(
    rotation.steps.every(({ state }) => state === 'done' || state === 'skipped'),
    'it is done, and a step is not',
  );
  const provedNew = receipt?.proofs.some(({ what, ok }) => ok && what.startsWith('the new token')) === true;
  const provedGone =
    receipt?.proofs.some(({ what, ok }) => ok && what === 'the old token is not listed any more') === true;
  // Where a list could not be read, a person's word decides, and the receipt says so.
  const isByHand = rotation.byHand !== undefined;
  must(isByHand || (provedNew && provedGone), 'it is done, and the receipt lacks a proof');
}

/** What the vault holds is what CircleCI gave: each value is compared once. */
async function heldValuesAreRight({ ledger, sight, core }: Stage): Promise<void> {
  const existed = new Map([...ledger.deleted(), ...ledger.alive().values()].map((token) => [token.id, token.value]));
  for (const { id, remoteId = '', hasValue } of sight.tokens) {
    if (hasValue === 'none' || ledger.compared.has(id)) continue;
    const { value } = expectOk(await core().client('token.take', { id }));
    const held = new TextDecoder().decode(value);
    // One that was made by hand where no list could be read has no id yet.
    const isRight = remoteId === '' ? [...existed.values()].includes(held) : held === existed.get(remoteId);
    must(isRight, `the vault holds another value than that of ${remoteId}`);
    ledger.compared.add(id);
  }
}

function theActDidWhatItSays({ ledger, sight, clock }: Stage, { nowMs }: Before, { outcome }: Done): void {
  const alive = ledger.alive();
  for (const token of sight.tokens) {
    const { state, remoteId = '', label } = token;
    const isBelieved = ledger.believed.has(remoteId);
    if (state === 'revoked') must(!alive.has(remoteId) || isBelieved, `${label} counts as deleted, and it still works`);
    else if (state !== 'gone' && outcome.readAll && isRead(sight, token)) {
      // A clock that was set back hides a deletion for ten minutes at most.
      const seenMs = Date.parse(token.lastSeenAt);
      if (seenMs >= nowMs && seenMs <= clock.now() + tenMinutes) continue;
      must(alive.has(remoteId), `a sync without a failure shows ${label}, which is not there`);
    }
  }
}

const tenMinutes = 600_000;

/** A sync reads of an account that is there what is watched. */
function isRead({ accounts, projects }: Sight, { account, kind, project }: Token): boolean {
  if (!accounts.some(({ id }) => id === account)) return false;
  return (
    kind === 'personal' ||
    projects.some((one) => one.account === account && one.slug === project && one.watched !== 'no')
  );
}

/** What was open in a backup is not continued by whoever means something else. */
function nobodyIsWoken({ ledger, touched }: Stage): void {
  for (const id of touched.keys())
    must(!ledger.asleep.has(id), `${id} went on by itself after a restore from a backup`);
}

/** At the end of a sequence, and that is enough: what is broken here stays so. */
export async function checkAtTheEnd(stage: Stage): Promise<void> {
  const { client } = stage.core();
  const chain = expectOk(await client('audit.verify', {}));
  must(chain.ok, `the chain of the activity is broken at ${chain.brokenAt}`);
  await everyAccountSignsIn(stage);
}
