import * as z from 'zod';

/** The vault's own id of a record: 16 random bytes in hex, stable for the life of the record. */
export const id = z.string().regex(/^[0-9a-f]{32}$/);
export type Id = z.output<typeof id>;

/** Six characters of hex are 16 million ids: short enough to type, and a vault of 10 000 tokens rarely repeats one. */
export const minPrefixLength = 6;

/** What a person types: a whole id or a prefix of one. */
export const idPrefix = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(
    z.string().regex(/^[0-9a-f]{6,32}$/, { error: `an id is at least ${minPrefixLength} characters of 0-9 and a-f` }),
  );

/** All ids that start with `prefix`: none, one, or several (then the prefix is ambiguous). */
export function matchPrefix(prefix: string, ids: Iterable<Id>): Id[] {
  const matches: Id[] = [];
  for (const candidate of ids) if (candidate.startsWith(prefix)) matches.push(candidate);
  return matches;
}
