import type { Command } from 'commander';
import * as z from 'zod';
import { duration } from '../../../shared/durations.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { given } from '../options.ts';
import { auditCsv, auditLines } from '../output/audit-lines.ts';
import { json } from '../output/printer.ts';

/** A day, an instant with its zone, or how long ago. */
const since = z.union([duration, z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'a date like 2026-01-31, a time like 2026-01-31T12:00:00Z or a duration like 90d',
});

const list = defineCommand({
  path: 'audit',
  summary: 'every act, its result and its cause',
  describe: (command: Command) =>
    command
      .option('--since <date>', 'a date, a time, or a duration like 90d')
      .option('--token <id>', 'only about this token')
      .option('--format <json|csv>', 'instead of a table'),
  input: z.object({
    since: since.optional(),
    token: z.string().optional(),
    format: z.enum(['json', 'csv']).optional(),
  }),
  async run({ since, token, format }, context) {
    if (format === 'csv' && context.globals.json) {
      throw new AppError('usage', '--format csv and --json ask for two different things. Nothing was done.');
    }
    const ask = await context.openVault();
    const from = since === undefined ? undefined : instantOf(since, context.world.clock.now());
    const document = await ask('audit.list', given({ since: from, token }));
    return {
      document,
      lines: (style) => {
        if (format === 'json') return [json(document)];
        return format === 'csv' ? auditCsv(document.entries) : auditLines(document.entries, style);
      },
    };
  },
});

function instantOf(since: string | number, nowMs: number): string {
  return new Date(typeof since === 'number' ? nowMs - since : Date.parse(since)).toISOString();
}

const verify = defineCommand({
  path: 'audit verify',
  summary: 'check that nothing was changed in or taken out of the chain of acts',
  input: z.object({}),
  async run(_input, context) {
    const ask = await context.openVault();
    const document = await ask('audit.verify', {});
    const { ok, entries, brokenAt } = document;
    return {
      document,
      failed: ok ? [] : ['vault-damaged'],
      lines: (style) => [
        ok
          ? `${entries} entries: the chain is whole.`
          : style.paint('bad', `The chain of ${entries} entries is broken at entry ${brokenAt ?? 'unknown'}.`),
      ],
    };
  },
});

export const auditCommands = [list, verify];
