import { strengthText } from '../../text/door.ts';
import { bitsOf } from './guesses.ts';

/**
 * An honest estimate and no more: it knows how people make passwords, not what a thief knows of this person. So it never
 * says "strong"; it says how long guessing takes.
 */
export interface Strength {
  readonly kind: 'empty' | 'common' | 'short' | 'weak' | 'fair';
  /** Of ten ticks. */
  readonly ticks: number;
  readonly words: string;
}

/**
 * Guesses a second of a thief with the file and one fast computer: Argon2id over 64 MiB and more takes a fraction of a
 * second each, and a card with 24 GB runs a few dozen beside each other.
 */
const guessesPerSecond = 100;

/** So few guesses are made within a quarter of an hour: each of them is one of the first. */
const commonBits = 16.5;

export function strengthOf(password: string): Strength {
  const { length } = [...password];
  if (length === 0) return { kind: 'empty', ticks: 0, words: strengthText.empty };
  const bits = bitsOf(password);
  if (bits < commonBits) return { kind: 'common', ticks: 1, words: strengthText.common };
  const ticks = Math.max(1, Math.min(10, Math.round(bits / 10)));
  if (length < 8) return { kind: 'short', ticks: Math.min(ticks, 3), words: strengthText.short };
  return { kind: bits < 40 ? 'weak' : 'fair', ticks, words: strengthText.guess(guessTime(bits)) };
}

/** Half of all guesses find it. */
export function guessTime(bits: number): string {
  const seconds = 2 ** (bits - 1) / guessesPerSecond;
  if (seconds < 1) return strengthText.instant;
  if (seconds > 4e17) return strengthText.ages;
  if (seconds > 31_557_600 * 2_000) return strengthText.thousands;
  const [name, size] =
    strengthText.units.findLast(([, unitSeconds]) => seconds >= unitSeconds) ?? strengthText.units[0];
  const amount = Math.round(seconds / size);
  return `about ${amount} ${name}${amount === 1 ? '' : 's'}`;
}
