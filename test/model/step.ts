import type fc from 'fast-check';
import { type Act, kinds } from './acts.ts';
import { isPossible } from './choices.ts';
import { checkInvariants, deletedAfterProof } from './invariants.ts';
import { perform } from './perform.ts';
import type { Stage } from './stage.ts';

/** What was done in all sequences together. */
export class Tally {
  sequences = 0;
  steps = 0;
  /** Steps in which something went wrong at CircleCI, or that were cut off. */
  disturbed = 0;
  readonly byKind = new Map<Act['kind'], number>(kinds.map((kind) => [kind, 0]));
  readonly ends = new Map<string, number>();

  add({ kind }: Act, disturbed: boolean): void {
    this.steps += 1;
    if (disturbed) this.disturbed += 1;
    this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1);
  }

  end(state: string): void {
    this.ends.set(state, (this.ends.get(state) ?? 0) + 1);
  }
}

/** They cannot change what the vault holds, so it need not be read again. */
const outsideOnly: readonly Act['kind'][] = ['clock', 'weather', 'colleague-creates', 'colleague-deletes'];

/** Does an act and checks everything that must be true afterwards. */
export async function playAct(act: Act, stage: Stage): Promise<boolean> {
  const { sight, ledger } = stage;
  const before = { sight, alive: ledger.alive(), made: ledger.madeByRondo().length };
  stage.touched.clear();
  // Two acts of people are never in the same millisecond.
  stage.clock.advance(10);
  stage.onDelete = (path) => deletedAfterProof(stage, path);
  const outcome = await perform(act, stage);
  if (!outsideOnly.includes(act.kind)) await stage.look();
  await checkInvariants(stage, before, { act, outcome, vaultMoved: !outsideOnly.includes(act.kind) });
  return outcome.disturbed || outcome.ended !== undefined;
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
