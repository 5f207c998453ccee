import { createHash } from 'node:crypto';
import type { Random } from '../platform/random.ts';

/**
 * The same bytes for the same seed, on every machine: SHA-256 of the seed and a counter. Anybody who knows the seed knows
 * all of it, which is the point: the sandbox is a toy, and its ids and values open nothing but itself. What draws from a
 * stream of its own gives nobody else other ids.
 */
export function createSeededRandom(seed: number, stream = ''): Random {
  let counter = 0;
  let rest: Buffer = Buffer.alloc(0);
  return {
    bytes(length) {
      const blocks = [rest];
      for (let held = rest.length; held < length; held += 32) blocks.push(block(`${seed} ${stream}${counter++}`));
      const all = Buffer.concat(blocks);
      rest = all.subarray(length);
      return new Uint8Array(all.subarray(0, length));
    },
  };
}

function block(name: string): Buffer {
  return createHash('sha256').update(`rondo sandbox ${name}`).digest();
}

/** A whole number from 0 up to, not including, `limit`. Six bytes dwarf every limit here, so the modulo's bias is nothing. */
export function below(random: Random, limit: number): number {
  return Buffer.from(random.bytes(6)).readUIntBE(0, 6) % limit;
}

export function pick<const Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[below(random, items.length)] ?? items[0];
}
