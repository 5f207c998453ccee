import { resolve } from 'node:path';
import * as z from 'zod';
import type { BackupStanding } from '../../../shared/contract/backup.ts';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { shortTime } from '../output/short.ts';
import { table } from '../output/table.ts';
import { overwrite, readOpener } from '../password.ts';

const create = defineCommand({
  path: 'backup create',
  summary: 'a checked copy of the vault, as one file that opens like it',
  describe: (command) => command.argument('[file]', "a new file; else one among the vault's own backups"),
  input: z.object({ file: z.string().min(1).optional() }),
  async run({ file }, context) {
    const ask = await context.openVault();
    const document = await ask('backup.create', file === undefined ? {} : { path: resolve(file) });
    return { document, lines: () => [`Made and checked ${printable(document.backup.path)}.`] };
  },
});

/** A list opens none of them: everything in them was opened and checked once, before they got their name. */
const standingWords: Readonly<Record<BackupStanding, string>> = {
  fit: 'when it was made',
  'another-vault': "another vault's",
  'newer-format': 'made by a newer Rondo',
  unreadable: 'cannot be read',
};

const list = defineCommand({
  path: 'backup list',
  summary: "the vault's own backups, newest first; needs no password",
  input: z.object({}),
  async run(_input, context) {
    const { backups } = await context.ask('backup.list', {});
    return {
      document: { backups },
      lines(style) {
        if (backups.length === 0) return ['There is no backup yet: rondo backup create makes one.'];
        return table(
          backups,
          [
            { title: 'MADE', cell: (backup) => shortTime(backup.createdAt) },
            { title: 'CHECKED', cell: (backup) => standingWords[backup.standing] },
            { title: 'FILE', cell: (backup) => printable(backup.path) },
          ],
          style,
        );
      },
    };
  },
});

const restore = defineCommand({
  path: 'backup restore',
  summary: 'put a backup in the place of the vault, which is kept beside it',
  describe: (command) =>
    command
      .argument('<file>', 'the backup; it opens with the password that it was made with')
      .option('--confirm <word>', 'RESTORE: the backup takes the place of the vault'),
  input: z.object({ file: z.string().min(1), confirm: z.string().default('') }),
  async run({ file, confirm }, context) {
    if (confirm !== 'RESTORE') {
      throw new AppError('confirmation-required', 'The backup takes the place of the vault. Nothing was changed.', {
        hint: 'confirm it with --confirm RESTORE',
      });
    }
    const opener = await readOpener(context);
    try {
      const document = await context.ask('backup.restore', { ...opener, path: resolve(file), confirm });
      const { backup, kept } = document;
      return {
        document,
        lines: () => [
          `The vault is the backup ${printable(backup.path)} now.`,
          ...(kept === undefined ? [] : [`The one that was there is kept: ${printable(kept)}.`]),
          'What was made or deleted on CircleCI since then it does not know: run rondo sync.',
        ],
      };
    } finally {
      overwrite(opener);
    }
  },
});

export const backupCommands = [create, list, restore];
