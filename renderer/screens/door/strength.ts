import { strengthText } from '../../text/door.ts';

/**
 * An honest estimate and no more: it knows length and variety, not what is in a thief's dictionary. So it never says
 * "strong"; it says how long guessing takes if the password is as random as it looks.
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

const common =
  /^(password|passwort|passw0rd|qwerty|qwertz|letmein|welcome|admin|circleci|rondo|iloveyou|monkey|dragon)\d*!?$/i;

export function strengthOf(password: string): Strength {
  const characters = [...password];
  if (characters.length === 0) return { kind: 'empty', ticks: 0, words: strengthText.empty };
  if (common.test(password) || /^(.)\1*$/u.test(password) || /^(0123|1234|abcd)/i.test(password)) {
    return { kind: 'common', ticks: 1, words: strengthText.common };
  }
  const bits = effectiveLength(characters) * Math.log2(alphabet(password));
  const ticks = Math.max(1, Math.min(10, Math.round(bits / 10)));
  if (characters.length < 8) return { kind: 'short', ticks: Math.min(ticks, 3), words: strengthText.short };
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

/** A character that repeats or continues the one before it adds little. */
function effectiveLength(characters: readonly string[]): number {
  let length = 0;
  for (const [index, character] of characters.entries()) {
    const step = (character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? -99);
    length += Math.abs(step) <= 1 ? 0.25 : 1;
  }
  return length;
}

/** Long passphrases of small letters are words, and words are guessed as words: under two bits a letter. */
function alphabet(password: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\p{Nd}/u, 10],
    [/[^\p{L}\p{Nd}]/u, 20],
  ];
  const size = kinds.reduce((sum, [pattern, characters]) => sum + (pattern.test(password) ? characters : 0), 0);
  const isWords = /^[\p{Ll}\s.,-]+$/u.test(password) && [...password].length >= 16;
  return isWords ? 2 ** 1.8 : Math.max(2, size);
}
