import { z } from 'zod';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { counted } from '../output/short.ts';
import { table } from '../output/table.ts';
import { readNewPassword, readPassword } from '../password.ts';

const none = z.object({});

const create = defineCommand({
  path: 'vault create',
  summary: 'make an empty vault; refuses where one is',
  input: none,
  async run(_input, context) {
    // Before a person chooses a password for nothing.
    const before = await context.ask('vault.status', {});
    if (before.vault.exists) {
      throw new AppError('invalid-input', `There is a vault in ${before.vault.path} already. It was not touched.`, {
        hint: '--vault names another folder',
      });
    }
    const password = await readPassword(context, 'twice');
    try {
      const document = await context.ask('vault.create', { password });
      return { document, lines: () => [`Made an empty vault in ${printable(document.vault.path)}.`] };
    } finally {
      password.fill(0);
    }
  },
});

const status = defineCommand({
  path: 'vault status',
  summary: 'is there a vault, and of which format; needs no password',
  input: none,
  async run(_input, context) {
    const document = await context.ask('vault.status', {});
    const { path, exists, format } = document.vault;
    const state = exists ? `a vault of format ${format ?? 'unknown'}, locked` : 'no vault';
    return { document, lines: () => [`${printable(path)}: ${state}`] };
  },
});

const change = defineCommand({
  path: 'vault change-password',
  summary: 'a new password for the same content',
  input: z.object({ newPasswordFile: z.string().optional() }),
  describe: (command) =>
    command.option('--new-password-file <file>', 'the new password is its first line; else it is asked for'),
  async run({ newPasswordFile }, context) {
    const password = await context.password();
    // Opening overwrites what it is given, and the change asks for it once more.
    const ask = await context.openVault(new Uint8Array(password));
    try {
      const newPassword = await readNewPassword(context, newPasswordFile);
      const document = await ask('vault.change-password', { password, newPassword });
      return {
        document,
        lines: () => [
          'The vault has its new password. Older copies of it still open with the old one: remove those that you do not need.',
        ],
      };
    } finally {
      password.fill(0);
    }
  },
});

const verify = defineCommand({
  path: 'vault verify',
  summary: 'open and check every record and the audit chain',
  input: none,
  async run(_input, context) {
    const ask = await context.openVault();
    const document = await ask('vault.verify', {});
    return {
      document,
      failed: document.ok ? [] : ['vault-damaged'],
      lines(style) {
        if (document.ok) return [`${counted(document.records, 'record')} checked: all of them are whole.`];
        const damaged = table(
          document.damaged,
          [
            { title: 'ID', cell: (damage) => damage.id },
            { title: 'KIND', cell: (damage) => damage.kind },
            { title: 'REASON', cell: (damage) => damage.reason, tone: () => 'bad', shrinks: true },
          ],
          style,
        );
        return [
          `${counted(document.records, 'record')} checked, ${document.damaged.length} damaged. Nothing was removed.`,
          ...damaged,
        ];
      },
    };
  },
});

export const vaultCommands = [create, status, change, verify];
