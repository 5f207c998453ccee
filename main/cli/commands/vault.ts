import * as z from 'zod';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { counted } from '../output/short.ts';
import { table } from '../output/table.ts';
import { copyOf, overwrite, readNewPassword, readPassword } from '../password.ts';

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
    const { path, exists, format, locked } = (await context.ask('vault.status', {})).vault;
    const state = exists ? `a vault of format ${format ?? 'unknown'}, locked` : 'no vault';
    // Scripts find every field in every answer: where there is no format, that is what it says.
    const document = { vault: { path, exists, format: format ?? null, locked } };
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
    const opener = await context.opener();
    const ask = await context.openVault(copyOf(opener));
    try {
      const newPassword = await readNewPassword(context, newPasswordFile);
      const document = await ask('vault.change-password', { ...opener, newPassword });
      return {
        document,
        lines: () => [
          'The vault has its new password. Older copies of it still open with the old one: remove those that you do not need.',
          'If somebody may have both, make new keys too: rondo vault re-key. Nothing of an older copy opens with them.',
        ],
      };
    } finally {
      overwrite(opener);
    }
  },
});

const recoveryCode = defineCommand({
  path: 'vault recovery-code',
  summary: 'make a code that opens the vault when the password is lost, and print it this once',
  input: z.object({ remove: z.boolean().default(false) }),
  describe: (command) => command.option('--remove', 'the code that there is opens the vault no more'),
  async run({ remove }, context) {
    const opener = await context.opener();
    if (!('password' in opener)) {
      overwrite(opener);
      throw new AppError('usage', 'The password is needed here, a recovery code is not enough. Nothing was done.', {
        hint: 'whoever has lost it sets a new one first: rondo vault change-password --recovery-code-file FILE',
      });
    }
    const { password } = opener;
    const ask = await context.openVault({ password: new Uint8Array(password) });
    try {
      if (remove) {
        const document = await ask('vault.remove-way', { way: 'recovery', password });
        return { document, lines: () => ['No recovery code opens the vault any more.'] };
      }
      const made = await ask('vault.make-recovery-code', { password });
      const code = new TextDecoder().decode(made.recoveryCode);
      made.recoveryCode.fill(0);
      return {
        document: { recoveryCode: code },
        lines: () => [
          code,
          '',
          'Print it or write it down, and keep it where nobody else is. It opens the vault like the password, is shown this once, and takes the place of any older code.',
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
          '`rondo vault repair --dry-run` says what can be put back.',
        ];
      },
    };
  },
});

export const vaultCommands = [create, status, change, recoveryCode, verify];
