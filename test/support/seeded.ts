// Chance that can be repeated. A run prints its seed; RONDO_TEST_SEED=<number> makes the same choices once more (what the
// operating system does in between stays its own).
import { randomInt } from 'node:crypto';

/** RONDO_LONG_TESTS=1: whatever is a sample in a usual run is complete, or ten times as large. */
export const longTests = process.env.RONDO_LONG_TESTS === '1';

export interface Seeded {
  readonly seed: number;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** True once in `count` times. */
  onceIn(count: number): boolean;
}

/** Different for each `name`, so that two users of one seed do not make the same choices. */
export function seeded(name: string): Seeded {
  const seed = Number(process.env.RONDO_TEST_SEED ?? randomInt(2 ** 31));
  process.stderr.write(`${name}: RONDO_TEST_SEED=${seed}\n`);
  let state = seed >>> 0;
  for (const character of name) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  // mulberry32: 32 bits of state, and each of them counts.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { seed, below, onceIn: (count) => below(count) === 0 };
}

const thirds = 3;
let third: number | undefined;

/**
 * Of points that a process is killed at: in a usual run a third and the last ones, in a long one all of them. Chance says
 * which third, so that a few runs have killed at each.
 */
export function isInUsualRun(point: number, points: number): boolean {
  if (longTests) return true;
  third ??= seeded('the third of the points that a process is killed at').below(thirds);
  return point % thirds === third || point >= points - 2;
}
