import * as z from 'zod';

/** CircleCI publishes no limit; 1 000 characters is far above what its page can show and keeps a record in one page. */
export const maxLabelLength = 1_000;

/**
 * Control characters (C0, DEL, C1, line and paragraph separators) break lists and terminals; direction marks let a label
 * pretend to be another one (Unicode TR 36, bidirectional text spoofing); half of a surrogate pair is no character, and
 * would come back as another one. Emoji and every script are welcome.
 */
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Joiners, fillers and byte order marks leave nothing to see or to click on. */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/** A label that Rondo sends to CircleCI. Labels that CircleCI already holds are shown whatever they are. */
export const newLabel = z
  .string()
  .refine((label) => visible.test(label), { error: 'a label needs at least one visible character' })
  .refine((label) => [...label].length <= maxLabelLength, { error: `a label has at most ${maxLabelLength} characters` })
  .refine((label) => !forbidden.test(label), { error: 'a label holds no control or direction characters' });

/** The label as a terminal or a log can show it: forbidden characters as visible escapes. */
export function printable(text: string): string {
  const everyForbidden = new RegExp(forbidden.source, 'gu');
  return text.replace(everyForbidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
