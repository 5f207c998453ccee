import { expect } from 'vitest';
import { kinds } from './acts.ts';
import { explore } from './explore.ts';

/** For a long search: `MODEL_SEQUENCES=20000 MODEL_SEED=7 npm run test:unit -- test/model`. Each file plays as many. */
const sequences = Number(process.env.MODEL_SEQUENCES ?? 1_000);

/** The same one every time, so that who breaks something is who is told. */
const seed = Number(process.env.MODEL_SEED ?? 1);

/** Plays them, prints what was played, and sees to it that it was enough of everything. */
export async function expectExplored(accounts: number): Promise<void> {
  const tally = await explore({ accounts, sequences, seed: seed + accounts });
  const share = (count: number) => count / tally.steps;
  const percent = (count: number) => `${(100 * share(count)).toFixed(1)} %`;
  const byKind = [...tally.byKind].map(([kind, count]) => `${kind} ${percent(count)}`);
  const byWay = [...tally.byWay].map(([way, count]) => `${way}: ${percent(count)}`);
  process.stdout.write(
    `${[
      `${tally.sequences} sequences of ${accounts} account(s), seed ${seed + accounts}: ${tally.steps} steps, ${percent(tally.disturbed)} of them disturbed; in ${percent(tally.met)} a request met a fault, which is in ${tally.metIn} sequences`,
      `hosts: ${[...tally.byHost].map(([at, count]) => `${at} ${count}`).join(', ')}`,
      `of the steps: ${byKind.join(', ')}`,
      `of these: ${byWay.join('; ')}`,
      `rotations ended: ${[...tally.ends].map(([state, count]) => `${state} ${count}`).join(', ')}`,
      `of those done: ${[...tally.achieved].map(([what, count]) => `${what} ${count}`).join(', ')}`,
    ].join('\n')}\n`,
  );
  expect(tally.sequences).toBe(sequences);
  // Of a few, a share says nothing; and the first ones are short.
  if (sequences < 1_000) return;
  expect(tally.steps / tally.sequences, 'the mean length').toBeGreaterThanOrEqual(20);
  expect(tally.metIn / tally.sequences, 'sequences that met a fault').toBeGreaterThanOrEqual(0.3);
  expect(share(tally.disturbed), 'steps that run under a fault').toBeGreaterThanOrEqual(0.3);
  for (const kind of kinds) expect(share(tally.byKind.get(kind) ?? 0), kind).toBeGreaterThanOrEqual(0.05);
  for (const [at, count] of tally.byHost) expect(count, at).toBeGreaterThanOrEqual(tally.sequences / 20);
  for (const [way, count] of tally.byWay) expect(share(count), way).toBeGreaterThanOrEqual(0.005);
  for (const [what, count] of tally.achieved) expect(count, what).toBeGreaterThanOrEqual(10);
}
