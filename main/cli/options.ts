import type { Command } from 'commander';
import * as z from 'zod';
import { type TokenFilter, tokenKind, tokenState } from '../../shared/contract/token.ts';
import { duration } from '../../shared/durations.ts';

/** For an option that may be given several times. */
export function repeated(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** Nine digits stay exact in every number that follows. */
export const wholeNumber = z
  .string()
  .regex(/^[0-9]{1,9}$/, { error: 'a whole number' })
  .transform(Number);

/** One or more ids, as they are typed: the core knows what an id looks like. */
export const ids = z.array(z.string());

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Only the options that were given: the contract knows no `undefined`. */
export function given<T extends object>(options: T): Given<T> {
  // What is left out is exactly what the type says may be missing.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}

export const filterOptions = z.object({
  account: z.string().optional(),
  kind: tokenKind.optional(),
  project: z.string().optional(),
  scope: z.string().optional(),
  olderThan: duration.optional(),
  expiresWithin: duration.optional(),
  state: tokenState.optional(),
  search: z.string().optional(),
  tag: z.string().optional(),
  owner: z.string().optional(),
});

/** A list shows what is certainly that old. Of what is replaced, nothing is left out because nobody knows its age. */
export const ageOfReplaced = 'created longer ago than this, like 90d, or perhaps: where CircleCI tells no age';

export function withFilter(command: Command, ageWords = 'created longer ago than this, like 90d'): Command {
  return command
    .option('--account <id>', 'of this account')
    .option('--kind <personal|project>', 'of this kind')
    .option('--project <slug>', 'of this project')
    .option('--scope <scope>', 'with this scope: status, read-only, admin')
    .option('--older-than <duration>', ageWords)
    .option('--expires-within <duration>', 'expiring within this time, like 30d')
    .option('--state <state>', `in this state: ${tokenState.options.join(', ')}`)
    .option('--search <text>', 'with this text in it')
    .option('--tag <tag>', 'with this tag')
    .option('--owner <owner>', 'of this owner');
}

/** @returns undefined where no filter was given */
export function tokenFilter(options: z.output<typeof filterOptions>): TokenFilter | undefined {
  const { account, kind, project, scope, olderThan, expiresWithin, state, search, tag, owner } = options;
  const filter = given({
    account,
    kind,
    project,
    scope,
    olderThanMs: olderThan,
    expiresWithinMs: expiresWithin,
    state,
    search,
    tag,
    owner,
  });
  return Object.keys(filter).length === 0 ? undefined : filter;
}
