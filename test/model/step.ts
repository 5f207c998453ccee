import type fc from 'fast-check';
import { type Act, type HostKind, hostKinds, kinds, type Way, wayOf, ways } from './acts.ts';
import { deletedInTime } from './before-deleting.ts';
import { isPossible } from './choices.ts';
import type { Outcome } from './disturb.ts';
import { checkInvariants } from './invariants.ts';
import { perform } from './perform.ts';
import type { Stage } from './stage.ts';

/** What was done in all sequences together. */
export class Tally {
  sequences = 0;
  readonly byHost = new Map<HostKind, number>(hostKinds.map((at) => [at, 0]));
  steps = 0;
  /** Steps in which something went wrong at CircleCI, or that were cut off. */
  disturbed = 0;
  /** Of these: a request really met a fault. */
  met = 0;
  /** Sequences with such a step. */
  metIn = 0;
  #hasMet = false;
  readonly byKind = new Map<Act['kind'], number>(kinds.map((kind) => [kind, 0]));
  readonly byWay = new Map<Way, number>(ways.map((way) => [way, 0]));
  readonly ends = new Map<string, number>();
  /** Of the rotations that ended well: what was special about them. */
  readonly achieved = new Map<Achievement, number>(achievements.map((what) => [what, 0]));

  begin(at: HostKind): void {
    this.sequences += 1;
    this.#hasMet = false;
    count(this.byHost, at);
  }

  add(act: Act, { disturbed, met, ended }: Outcome): void {
    const { kind } = act;
    const way = wayOf(act);
    this.steps += 1;
    if (disturbed || ended !== undefined) this.disturbed += 1;
    if (met === true) {
      this.met += 1;
      if (!this.#hasMet) this.metIn += 1;
      this.#hasMet = true;
    }
    count(this.byKind, kind);
    if (way !== undefined) count(this.byWay, way);
  }

  end({ sight, ledger }: Stage): void {
    for (const rotation of sight.rotations) {
      count(this.ends, rotation.state);
      if (rotation.state !== 'done') continue;
      const { label } = sight.tokens.find(({ id }) => id === rotation.token) ?? {};
      if (label !== undefined && ledger.signIns.has(label)) count(this.achieved, 'of a sign-in token');
      if (rotation.byHand !== undefined) count(this.achieved, 'by hand');
      if (rotation.receipt?.retire !== undefined) count(this.achieved, 'after a time');
      if (ledger.interrupted.has(rotation.id)) count(this.achieved, 'after an interruption');
    }
    for (const { counts, mode } of sight.jobs) {
      if (counts.done > 1) count(this.achieved, mode === 'overlap' ? 'several in a job' : 'several in a cut-over job');
    }
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const achievements = [
  'of a sign-in token',
  'by hand',
  'after a time',
  'after an interruption',
  'several in a job',
  'several in a cut-over job',
] as const;
type Achievement = (typeof achievements)[number];

/** They cannot change what the vault holds, so it need not be read again. */
const outsideOnly: readonly Act['kind'][] = ['clock', 'weather', 'colleague'];

/** Does an act and checks everything that must be true afterwards. */
export async function playAct(act: Act, stage: Stage): Promise<Outcome> {
  const { sight, ledger } = stage;
  const before = {
    sight,
    alive: ledger.alive(),
    made: ledger.madeByRondo().length,
    requests: stage.requests,
    nowMs: stage.clock.now(),
  };
  stage.touched.clear();
  // Two acts of people are never in the same millisecond.
  stage.clock.advance(10);
  stage.onDelete = (path) => deletedInTime(stage, path);
  const outcome = await perform(act, stage);
  if (!outsideOnly.includes(act.kind)) await stage.look();
  await checkInvariants(stage, before, { act, outcome, vaultMoved: !outsideOnly.includes(act.kind) });
  return outcome;
}

/**
 * What fast-check calls the model is here only what an act may look at to see whether it is possible: what must be true is
 * told by the ledger and CircleCI's own tables, and there is no second Rondo to keep in step with the first.
 */
export interface Model {
  readonly stage: Stage;
}

export class Step implements fc.AsyncCommand<Model, Stage> {
  readonly act: Act;
  readonly #tally: Tally;

  constructor(act: Act, tally: Tally) {
    this.act = act;
    this.#tally = tally;
  }

  check({ stage }: Model): boolean {
    return isPossible(this.act, stage);
  }

  async run(_model: Model, stage: Stage): Promise<void> {
    this.#tally.add(this.act, await playAct(this.act, stage));
  }

  toString(): string {
    return JSON.stringify(this.act);
  }
}
