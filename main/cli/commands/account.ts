import type { Command } from 'commander';
import * as z from 'zod';
import { printable } from '../../../shared/labels.ts';
import { openRotationsOf } from '../../../shared/open-rotations.ts';
import { signInByBrowser } from '../browser-sign-in.ts';
import { defineCommand } from '../command.ts';
import { given } from '../options.ts';
import { shortId, shortTime } from '../output/short.ts';
import { table } from '../output/table.ts';
import { overwrite } from '../password.ts';
import { readToken } from '../read-token.ts';

/** A chain of certificates of any real length; the contract's limit. */
const maxCaBytes = 65_536;

const add = defineCommand({
  path: 'account add',
  summary: 'connect to CircleCI with a personal token on standard input, or in the browser',
  describe: (command: Command) =>
    command
      .requiredOption('--host <url>', 'like https://circleci.com, or the address of a CircleCI server')
      .option('--name <text>', 'what to call it')
      .option('--ca <file>', "the host's own certificate authority, as PEM")
      .option('--sign-in', 'sign in with CircleCI in the browser; no token is read'),
  input: z.object({
    host: z.string(),
    name: z.string().optional(),
    ca: z.string().optional(),
    signIn: z.literal(true).optional(),
  }),
  async run({ host, name, ca, signIn }, context) {
    const caPem = ca === undefined ? undefined : await context.unlessStopped(context.world.files.text(ca, maxCaBytes));
    if (signIn) return signInByBrowser(context, { host, ...given({ name, caPem }) });
    // In this order: both may come on standard input, the password as its first line.
    const opener = await context.opener();
    const value = await readToken(context);
    try {
      const ask = await context.openVault(opener);
      const document = await ask('account.add', { host, value, ...given({ name, caPem }) });
      const { account } = document;
      return {
        document,
        lines: () => [
          `Connected to ${account.host} as ${printable(account.login)}: account ${shortId(account.id)}.`,
          'Read its tokens: rondo sync',
        ],
      };
    } finally {
      overwrite(opener);
      value.fill(0);
    }
  },
});

const signIn = defineCommand({
  path: 'account sign-in',
  summary: 'sign in again in the browser, as the same person',
  describe: (command: Command) =>
    command
      .argument('<id>', 'the account')
      .option(
        '--same-client',
        'as the same client: CircleCI revokes the token in use in the moment that it gives the new one',
      ),
  input: z.object({ id: z.string(), sameClient: z.literal(true).optional() }),
  run: ({ id, sameClient }, context) =>
    signInByBrowser(context, { id, client: sameClient === true ? 'same' : 'fresh' }),
});

const list = defineCommand({
  path: 'account list',
  summary: 'the accounts in the vault',
  input: z.object({}),
  async run(_input, context) {
    const ask = await context.openVault();
    const document = await ask('account.list', {});
    return {
      document,
      lines: (style) =>
        document.accounts.length === 0
          ? ['No accounts. Connect one: rondo account add --host https://circleci.com']
          : table(
              document.accounts,
              [
                { title: 'ID', cell: (account) => shortId(account.id) },
                { title: 'NAME', cell: (account) => account.name, shrinks: true },
                { title: 'HOST', cell: (account) => account.host },
                { title: 'LOGIN', cell: (account) => account.login },
                { title: 'LAST SYNC (UTC)', cell: (account) => shortTime(account.lastSyncAt) ?? 'never' },
                {
                  title: 'LAST ATTEMPT',
                  cell: (account) => account.lastAttempt?.outcome,
                  tone: (account) => (account.lastAttempt?.outcome === 'ok' ? 'plain' : 'warn'),
                },
              ],
              style,
            ),
    };
  },
});

const remove = defineCommand({
  path: 'account remove',
  summary: 'forget an account and its sign-in; its tokens stay as last seen',
  describe: (command: Command) => command.argument('<id>', 'the account'),
  input: z.object({ id: z.string() }),
  async run({ id }, context) {
    const ask = await context.openVault();
    const { account } = await ask('account.remove', { id });
    const { tokens } = await ask('token.list', {});
    const { rotations } = await ask('rotation.list', {});
    const openRotations = openRotationsOf(account.id, tokens, rotations);
    return {
      document: { account, openRotations },
      lines: () => [
        `Removed the account ${shortId(account.id)}. Nothing was deleted on CircleCI.`,
        ...(openRotations === 0 ? [] : leftOpen(openRotations)),
      ],
    };
  },
});

/** What becomes of the rotations of an account that is removed. */
function leftOpen(count: number): readonly string[] {
  const those = count === 1 ? 'One open rotation of its tokens stands' : `${count} open rotations of its tokens stand`;
  return [
    `${those} still: without the account none goes on, and what it made stays in the vault.`,
    'Add the account again and resume, or give up: rondo rotation list',
  ];
}

export const accountCommands = [add, signIn, list, remove];
