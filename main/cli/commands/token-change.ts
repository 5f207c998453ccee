import type { Command } from 'commander';
import * as z from 'zod';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { given, ids, repeated } from '../options.ts';
import { counted, shortId } from '../output/short.ts';
import { tokenFields } from '../output/token-lines.ts';
import { overwrite } from '../password.ts';
import { readToken } from '../read-token.ts';

const edit = defineCommand({
  path: 'token edit',
  summary: 'what only the vault knows of a token: owner, tags, note, leaked',
  describe: (command: Command) =>
    command
      .argument('<id>', 'the token')
      .option('--owner <owner>', 'who is responsible')
      .option('--tag <tag>', 'a tag; repeat it for several, which replace the old ones', repeated)
      .option('--note <text>', 'a note')
      .option('--leaked', 'somebody else may know the value'),
  input: z.object({
    id: z.string(),
    owner: z.string().optional(),
    tag: z.array(z.string()).optional(),
    note: z.string().optional(),
    leaked: z.literal(true).optional(),
  }),
  async run({ id, owner, tag, note, leaked }, context) {
    const changes = given({ owner, tags: tag, note, leaked });
    if (Object.keys(changes).length === 0) {
      throw new AppError('usage', 'There is nothing to change. Nothing was done.', { hint: 'rondo token edit --help' });
    }
    const ask = await context.openVault();
    const document = await ask('token.edit', { id, ...changes });
    return { document, lines: (style) => tokenFields(document.token, style) };
  },
});

const adopt = defineCommand({
  path: 'token adopt',
  summary: 'keep the value of a token that the vault knows; the value is on standard input',
  describe: (command: Command) => command.argument('<id>', 'the token'),
  input: z.object({ id: z.string() }),
  async run({ id }, context) {
    // In this order: both may come on standard input, the password as its first line.
    const opener = await context.opener();
    const value = await readToken(context);
    try {
      const ask = await context.openVault(opener);
      const document = await ask('token.adopt', { id, value });
      return { document, lines: (style) => tokenFields(document.token, style) };
    } finally {
      overwrite(opener);
      value.fill(0);
    }
  },
});

const remove = defineCommand({
  path: 'token delete',
  summary: 'delete tokens on CircleCI',
  describe: (command: Command) =>
    command.argument('<ids...>', 'the tokens').option('--confirm <DELETE>', 'the word DELETE, as CircleCI asks for it'),
  input: z.object({ ids, confirm: z.string().optional() }),
  async run({ ids, confirm }, context) {
    const ask = await context.openVault();
    const document = await ask('token.delete', { ids, ...given({ confirm }) }).catch(sayHowToConfirm);
    return {
      document,
      failed: document.failed.map((part) => part.error.code),
      lines: (style) => [
        `Deleted ${counted(document.deleted.length, 'token')}${document.deleted.length === 0 ? '' : ': '}${document.deleted.map(shortId).join(', ')}.`,
        ...document.failed.map(
          ({ id, error }) => `${style.paint('bad', 'not deleted:')} ${shortId(id)}: ${printable(error.message)}`,
        ),
      ],
    };
  },
});

/** The core speaks to a window as well, where the word is typed into a field. */
function sayHowToConfirm(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'confirmation-required') throw error;
  const { code, message, details } = error;
  const hint = 'repeat it with --confirm DELETE, or rotate instead';
  throw new AppError(code, message, { hint, cause: error, ...(details === undefined ? {} : { details }) });
}

export const tokenChangeCommands = [edit, adopt, remove];
