import { createByHand } from '../../main/sandbox/by-hand.ts';
import type { Result } from '../../shared/contract/result.ts';
import type { How } from './acts.ts';
import { mayHaveCreated, placeOfList, placeOfStored, placeOfToken, unknownTokens } from './ledger.ts';
import { signInMeanwhile } from './sign-in-again.ts';
import { Crash, type Stage } from './stage.ts';

/** What came of an act. `ended`: it was cut off in its midst. */
export interface Outcome {
  readonly result?: Result<unknown>;
  readonly ended?: 'crash' | 'lock';
  /** Faults were set, whether or not a request met one. */
  readonly disturbed: boolean;
  /** A request met a fault. */
  readonly met?: boolean;
  /** A sync that has read everything. */
  readonly readAll?: boolean;
}

/** So that the same label means the same scope, whoever makes the token. */
export function scopeFor(label: string) {
  return label === 'deploy-bot'
    ? ({ own: 'admin', wire: 'all' } as const)
    : ({ own: 'read-only', wire: 'view-builds' } as const);
}

/** Rondo has said that what nobody knows of in this place may be there. */
export function tellLost(stage: Stage, place: string): void {
  for (const token of unknownTokens(stage.ledger, stage.sight)) {
    if (placeOfStored(token) === place) stage.ledger.toldLost.add(token.id);
  }
}

export function colleagueCreates(stage: Stage, place: string, label: string, duringOurs = false): void {
  const { imitation } = stage;
  const where = place === 'personal' ? {} : { project: place, scope: scopeFor(label).wire };
  makeByHand(stage, { place, label, duringOurs }, () => {
    createByHand(imitation.world, JSON.stringify({ label, ...where }));
  });
}

/**
 * Whatever comes of `make` was not made by Rondo, which may still take it for its own where it looks alike. `duringOurs`:
 * beside a request to create that Rondo has sent.
 */
export function makeByHand(
  stage: Stage,
  { place, label, duringOurs }: { readonly place: string; readonly label: string; readonly duringOurs: boolean },
  make: () => void,
): void {
  const { ledger } = stage;
  const before = ledger.alive();
  make();
  // When the answer was lost is known but to a process that was cut off: what is made afterwards is not taken.
  const nowMs = stage.imitation.world.clock.now();
  const mayBeTaken = ledger.cutOff.some((one) => one.place === place && one.label === label && nowMs <= one.untilMs);
  for (const id of ledger.alive().keys()) {
    if (before.has(id)) continue;
    ledger.theirs.add(id);
    if (mayBeTaken || duringOurs) ledger.alike.add(id);
  }
}

export interface About {
  readonly how: How;
  readonly label?: string;
  readonly place?: string;
  /** It makes such a token there, and no rotation says so. */
  readonly creates?: true;
  /** What else happens at the point of a number. */
  readonly also?: { readonly at: number; readonly act: () => Promise<unknown> };
}

/** Under the weather and the act's own faults; cut off and disturbed as it says, and back in order afterwards. */
export async function during(stage: Stage, about: About, work: () => Promise<Result<unknown>>): Promise<Outcome> {
  const { how, label, place, also } = about;
  const faults = [...stage.weather, ...how.faults];
  stage.imitation.faults.change({ add: faults, clear: true });
  let ended: Outcome['ended'];
  const { met } = stage.imitation.faults;
  const begun: Promise<unknown>[] = [];
  let points = 0;
  let requests = 0;
  stage.onPoint = () => {
    // Several things may be under way: none of them gets any further.
    if (ended === 'crash') throw new Crash('the process has ended');
    points += 1;
    if (also !== undefined && points === also.at + 1) begun.push(also.act());
    if (how.end === undefined || points !== how.end.at + 1) return;
    ended = how.end.what;
    if (ended === 'crash') throw new Crash('the process ends here');
    begun.push(stage.core().client('vault.lock', {}));
  };
  const sentTo = new Set<string>();
  stage.onRequest = ({ method, path }) => {
    requests += 1;
    const createdIn = method === 'POST' ? placeOfList(path) : undefined;
    if (createdIn !== undefined) sentTo.add(createdIn);
    if (requests === (how.meanwhile ?? -1) + 1 && label !== undefined && place !== undefined) {
      // Before that Rondo lists what is there, and takes none of it for its own.
      colleagueCreates(stage, place, label, sentTo.has(place));
    }
    if (requests === (how.signIn ?? -1) + 1) begun.push(signInMeanwhile(stage, requests));
  };
  const result = await work();
  // What was begun beside it belongs to it, and begins nothing more.
  for (const one of begun) await one;
  stage.onPoint = () => {};
  stage.onRequest = () => {};
  stage.imitation.faults.change({ add: [], clear: true });
  if (ended !== undefined) noteCutOff(stage, about);
  if (ended === 'lock') await stage.unlock();
  if (ended === 'crash') await stage.restart();
  if (ended !== undefined) for (const id of stage.touched.keys()) stage.ledger.count(stage.ledger.interrupted, id);
  const hasMet = stage.imitation.faults.met > met;
  return { result, disturbed: faults.length > 0, met: hasMet, ...(ended === undefined ? {} : { ended }) };
}

/** A request takes half a minute at most. */
const requestMs = 30_000;

/** What may be under way now, and how long somebody else's token may look like what comes of it. */
function noteCutOff({ ledger, sight, touched, imitation }: Stage, { label, place, creates }: About): void {
  const untilMs = imitation.world.clock.now() + requestMs;
  if (creates === true && label !== undefined && place !== undefined) ledger.cutOff.push({ place, label, untilMs });
  for (const rotation of touched.values()) {
    const token = sight.tokens.find(({ id }) => id === rotation.token);
    if (token === undefined || !mayHaveCreated(rotation)) continue;
    ledger.cutOff.push({ place: placeOfToken(token), label: token.label, untilMs });
  }
}
