import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { fakeTimeLimits } from '../support/time-limits.ts';
import type { Act, HostKind } from './acts.ts';
import { type Host, startHost } from './host.ts';
import { checkAtTheEnd } from './invariants.ts';
import { type Prepared, prepareVault } from './prepared.ts';
import { someActWith, someHost } from './some-act.ts';
import { openStage } from './stage.ts';
import { playAct, Step, Tally } from './step.ts';

/** So that, with those that are not possible left out, a sequence has more than twenty steps on average. */
const mostActs = 64;

/** Where a sequence that has failed is written, made as short as can be; `rotation-model.test.ts` there replays it. */
export const regressionsDir = fileURLToPath(new URL('../regressions/rotation-model/', import.meta.url));

export interface Recorded {
  readonly accounts: number;
  /** Absent: the cloud. */
  readonly at?: HostKind;
  readonly acts: readonly Act[];
}

interface Wish {
  readonly accounts: number;
  readonly sequences: number;
  readonly seed: number;
}

/** Plays sequences of acts until one breaks an invariant. @throws the shortest that was found, with its seed */
export async function explore({ accounts, sequences, seed }: Wish): Promise<Tally> {
  using timeLimits = fakeTimeLimits();
  await using host = await startHost(timeLimits);
  await using vaults = preparedOnce(host, accounts);
  const tally = new Tally();
  const steps = someActWith(accounts).map((one) => new Step(one, tally));
  const property = fc.asyncProperty(
    someHost,
    fc.commands([steps], { maxCommands: mostActs, size: 'max', disableReplayLog: true }),
    async (at, commands) => {
      await using stage = await openStage(host, await vaults.at(at));
      tally.begin(at);
      await fc.asyncModelRun(() => ({ model: { stage }, real: stage }), commands);
      await checkAtTheEnd(stage);
      tally.end(stage);
    },
  );
  const details = await fc.check(property, { numRuns: sequences, seed });
  if (!details.failed) return tally;
  const [at = 'cloud', commands = ''] = details.counterexample ?? [];
  const acts: Act[] = JSON.parse(`[${String(commands)}]`);
  const path = record({ accounts, at, acts }, seed);
  throw new Error(
    `run ${details.numRuns} of seed ${seed} broke, after ${details.numShrinks} shrinks ${acts.length} acts: ${path}`,
    {
      cause: details.errorInstance,
    },
  );
}

function record(recorded: Recorded, seed: number): string {
  mkdirSync(regressionsDir, { recursive: true });
  const path = `${regressionsDir}found-${seed}.json`;
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
  return path;
}

/** One for each kind of host that comes. */
function preparedOnce(host: Host, accounts: number) {
  const prepared = new Map<HostKind, Prepared>();
  return {
    async at(at: HostKind): Promise<Prepared> {
      const one = prepared.get(at) ?? (await prepareVault(host, { accounts, at }));
      prepared.set(at, one);
      return one;
    },
    async [Symbol.asyncDispose]() {
      for (const one of prepared.values()) await one[Symbol.asyncDispose]();
    },
  };
}

/** One recorded sequence. */
export async function replay({ accounts, at = 'cloud', acts }: Recorded): Promise<void> {
  using timeLimits = fakeTimeLimits();
  await using host = await startHost(timeLimits);
  await using prepared = await prepareVault(host, { accounts, at });
  await using stage = await openStage(host, prepared);
  for (const one of acts) await playAct(one, stage);
  await checkAtTheEnd(stage);
}
