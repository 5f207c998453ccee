import type { Command } from 'commander';
import * as z from 'zod';
import { access, scope, type Token } from '../../../shared/contract/token.ts';
import { duration } from '../../../shared/durations.ts';
import { printable } from '../../../shared/labels.ts';
import { type Answer, defineCommand } from '../command.ts';
import { given } from '../options.ts';
import { shortId } from '../output/short.ts';

const keep = z.boolean().default(false);
const keepText = 'keep the value in the vault after it was taken';

const personal = defineCommand({
  path: 'token create personal',
  summary: 'a new personal token; its value is sealed until it is taken',
  describe: (command: Command) =>
    command
      .requiredOption('--account <id>', 'whose')
      .requiredOption('--label <text>', 'its name on CircleCI')
      .option('--expires <duration>', 'like 90d; a year at most')
      .option('--access <read|write|admin>', 'full read and write where none is named')
      .option('--keep', keepText),
  input: z.object({
    account: z.string(),
    label: z.string(),
    expires: duration.optional(),
    access: access.optional(),
    keep,
  }),
  async run({ account, label, expires, access, keep }, context) {
    const ask = await context.openVault();
    const rest = given({ expiresInMs: expires, access });
    return created(await ask('token.create-personal', { account, label, keep, ...rest }));
  },
});

const project = defineCommand({
  path: 'token create project',
  summary: 'a new project token; its value is sealed until it is taken',
  describe: (command: Command) =>
    command
      .requiredOption('--project <slug>', 'like gh/acme/web')
      .requiredOption('--scope <status|read-only|admin>', 'what it may do')
      .requiredOption('--label <text>', 'its label on CircleCI')
      .option('--account <id>', 'where several watch the project')
      .option('--keep', keepText),
  input: z.object({ project: z.string(), scope, label: z.string(), account: z.string().optional(), keep }),
  async run({ project, scope, label, account, keep }, context) {
    const ask = await context.openVault();
    return created(await ask('token.create-project', { project, scope, label, keep, ...given({ account }) }));
  },
});

function created(document: { readonly token: Token; readonly otherwise?: readonly string[] }): Answer {
  const { id, label } = document.token;
  const { otherwise } = document;
  return {
    document,
    lines: () => [
      `Created "${printable(label)}": ${shortId(id)}.`,
      ...(otherwise === undefined
        ? []
        : [`CircleCI made it otherwise than asked: ${otherwise.join('; ')}. If it will not do, delete it.`]),
      `Take its value: rondo token take ${shortId(id)}`,
    ],
  };
}

export const tokenCreateCommands = [personal, project];
