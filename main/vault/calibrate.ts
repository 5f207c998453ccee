import type { Random } from '../platform/random.ts';
import type { DeriveKey } from './derive-key.ts';
import { type DerivationCost, floorCost, saltBytes } from './password-parameters.ts';

/** What an unlock may take on the machine that makes the vault: slow for a guesser, bearable each morning. */
const targetMs = 1_000;

const mebibyte = 1024 * 1024;
const usualMemoryBytes = 256 * mebibyte;
const maxOperations = 10;

/**
 * The cost for a new vault: one derivation at the floor is timed, and Argon2id's time grows with memory times passes.
 * A slower machine gets less memory, never less than the floor; a faster one more passes.
 */
export async function calibrate(deriveKey: DeriveKey, random: Random): Promise<DerivationCost> {
  const password = new Uint8Array(random.bytes(16));
  const { key, elapsedMs } = await deriveKey({ password, salt: random.bytes(saltBytes), cost: floorCost });
  key.fill(0);
  return chooseCost(elapsedMs);
}

/** From the time that the floor took. */
export function chooseCost(floorMs: number): DerivationCost {
  const affordable = (floorCost.memoryBytes * targetMs) / Math.max(floorMs, 1);
  if (affordable < usualMemoryBytes) {
    const memoryBytes = Math.floor(affordable / (16 * mebibyte)) * 16 * mebibyte;
    return { operations: floorCost.operations, memoryBytes: Math.max(memoryBytes, floorCost.memoryBytes) };
  }
  const operations = Math.floor((floorCost.operations * affordable) / usualMemoryBytes);
  return { operations: Math.min(operations, maxOperations), memoryBytes: usualMemoryBytes };
}
