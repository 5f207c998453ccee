import type { Command } from 'commander';
import * as z from 'zod';
import type { TokenCheck } from '../../../shared/contract/token.ts';
import { printable } from '../../../shared/labels.ts';
import { defineCommand } from '../command.ts';
import { filterOptions, ids, tokenFilter, withFilter } from '../options.ts';
import { auditLines } from '../output/audit-lines.ts';
import { shortId } from '../output/short.ts';
import type { Tone } from '../output/style.ts';
import { table } from '../output/table.ts';
import { tokenFields, tokenLines } from '../output/token-lines.ts';

const list = defineCommand({
  path: 'token list',
  summary: 'the tokens in the vault; asks nobody',
  describe: withFilter,
  input: filterOptions,
  async run(options, context) {
    const ask = await context.openVault();
    const document = await ask('token.list', tokenFilter(options) ?? {});
    return { document, lines: (style) => tokenLines(document.tokens, style) };
  },
});

const show = defineCommand({
  path: 'token show',
  summary: 'one token, its history and where its value is used',
  describe: (command: Command) => command.argument('<id>', 'the token'),
  input: z.object({ id: z.string() }),
  async run({ id }, context) {
    const ask = await context.openVault();
    const document = await ask('token.show', { id });
    return {
      document,
      lines: (style) => [
        ...tokenFields(document.token, style),
        ...document.destinations.map(({ kind, where }) => printable(`used in ${kind} ${where}`)),
        ...(document.history.length === 0 ? [] : ['', ...auditLines(document.history, style)]),
      ],
    };
  },
});

const checkTones: Record<TokenCheck['state'], Tone> = {
  works: 'good',
  refused: 'bad',
  'not-checked': 'quiet',
  failed: 'warn',
};

const check = defineCommand({
  path: 'token check',
  summary: 'ask CircleCI whether the values held still work; does not take them',
  describe: (command: Command) => command.argument('[ids...]', 'the tokens; all with a value where none is named'),
  input: z.object({ ids }),
  async run(input, context) {
    const ask = await context.openVault();
    const document = await ask('token.check', input);
    return {
      document,
      // A refusal is an answer; no answer is the one thing that a script must not take for one.
      failed: document.checks.flatMap(({ error }) => (error === undefined ? [] : [error])),
      lines: (style) =>
        document.checks.length === 0
          ? ['No token has a value to check.']
          : table(
              document.checks,
              [
                { title: 'ID', cell: (one) => shortId(one.id) },
                { title: 'STATE', cell: (one) => one.state, tone: (one) => checkTones[one.state] },
                { title: 'REASON', cell: (one) => one.reason, shrinks: true },
              ],
              style,
            ),
    };
  },
});

export const tokenReadCommands = [list, show, check];
