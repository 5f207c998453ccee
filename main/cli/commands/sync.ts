import type { Command } from 'commander';
import * as z from 'zod';
import type { SyncReport } from '../../../shared/contract/sync.ts';
import { printable } from '../../../shared/labels.ts';
import { defineCommand } from '../command.ts';
import { given } from '../options.ts';
import { counted } from '../output/short.ts';
import type { Style } from '../output/style.ts';

const sync = defineCommand({
  path: 'sync',
  summary: 'read everything from CircleCI',
  describe: (command: Command) => command.option('--account <id>', 'only this account'),
  input: z.object({ account: z.string().optional() }),
  async run({ account }, context) {
    const ask = await context.openVault();
    const document = await ask('sync.run', given({ account }));
    return {
      document,
      failed: document.sync.failed.map((part) => part.error.code),
      lines: (style) => syncLines(document.sync, style),
    };
  },
});

export function syncLines(report: SyncReport, style: Style): string[] {
  const read = [
    counted(report.accounts, 'account'),
    counted(report.projects, 'project'),
    counted(report.tokens, 'token'),
  ];
  return [
    `Read ${read.join(', ')}: ${report.added} added, ${report.changed} changed, ${report.gone} gone.`,
    ...report.failed.map(
      ({ what, error }) => `${style.paint('warn', 'not read:')} ${printable(what)}: ${printable(error.message)}`,
    ),
  ];
}

export const syncCommands = [sync];
