import { z } from 'zod';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { counted } from '../output/short.ts';
import { table } from '../output/table.ts';
import { readPassword } from '../password.ts';

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

export const vaultCommands = [create, status, verify];
