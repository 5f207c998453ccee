import { resolve } from 'node:path';
import * as z from 'zod';
import type { ExportReport, ImportedRecord, ImportReport } from '../../../shared/contract/transfer.ts';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { counted } from '../output/short.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { readExportPassword } from '../password.ts';

const passwordOption = '--export-password-file <file>';
const passwordText = "the export's password is its first line; else it is asked for";

const exportCommand = defineCommand({
  path: 'export',
  summary: 'everything that another vault can take over, in one file with a password of its own',
  describe: (command) =>
    command
      .argument('<file>', 'a new file')
      .option(passwordOption, passwordText)
      .option('--plain', 'not encrypted: whoever reads the file can use every token in it')
      .option('--confirm <word>', 'PLAIN: the values may stand in the file for everybody to read'),
  input: z.object({
    file: z.string().min(1),
    exportPasswordFile: z.string().optional(),
    plain: z.boolean().default(false),
    confirm: z.string().default(''),
  }),
  async run({ file, exportPasswordFile, plain, confirm }, context) {
    const path = resolve(file);
    if (plain) {
      if (exportPasswordFile !== undefined) {
        throw new AppError('usage', 'A plain export has no password. Nothing was done.', {
          hint: 'leave --plain away, or --export-password-file',
        });
      }
      if (confirm !== 'PLAIN') throw unconfirmed();
      const ask = await context.openVault();
      return exported(await ask('transfer.export-plain', { path, confirm }));
    }
    const ask = await context.openVault();
    const exportPassword = await readExportPassword(context, exportPasswordFile, 'twice');
    return exported(await ask('transfer.export', { path, exportPassword }));
  },
});

function unconfirmed(): AppError {
  return new AppError(
    'confirmation-required',
    'Whoever reads a plain export can use every token in it. Nothing was written.',
    { hint: 'confirm it with --confirm PLAIN, or leave --plain away for an encrypted one' },
  );
}

function exported(document: { readonly export: ExportReport }) {
  const { export: report } = document;
  const failed = report.leftOut.unreadable > 0 ? (['vault-damaged'] as const) : [];
  return { document, failed, lines: () => exportLines(report) };
}

function exportLines({ path, encrypted, records, values, leftOut }: ExportReport): string[] {
  const kinds = Object.entries(records).map(([kind, count]) => counted(count, kind));
  const { sealedValues, openRotations, unreadable } = leftOut;
  const valuesText = `${counted(values, 'value')} (the tokens that accounts sign in with, and those that were kept)`;
  return [
    `Wrote ${printable(path)}: ${kinds.length === 0 ? 'nothing yet' : kinds.join(', ')}; with ${valuesText}.`,
    ...(encrypted ? [] : ['It is NOT encrypted. Delete it as soon as you are done with it.']),
    ...(sealedValues === 0 ? [] : [`Left out: ${counted(sealedValues, 'value')} held only until taken.`]),
    ...(openRotations === 0 ? [] : [`Left out: ${counted(openRotations, 'rotation')} under way.`]),
    ...(unreadable === 0 ? [] : [`Left out: ${counted(unreadable, 'record')} that the vault cannot read.`]),
    'The activity stays in this vault: it is sealed to it.',
  ];
}

const importCommand = defineCommand({
  path: 'import',
  summary: 'merge an export into this vault; what is newer here stays',
  describe: (command) =>
    command
      .argument('<file>', 'an export')
      .option(passwordOption, passwordText)
      .option('--dry-run', 'only tell what it would add, change and skip'),
  input: z.object({
    file: z.string().min(1),
    exportPasswordFile: z.string().optional(),
    dryRun: z.boolean().default(false),
  }),
  async run({ file, exportPasswordFile, dryRun }, context) {
    const ask = await context.openVault();
    const exportPassword = await readExportPassword(context, exportPasswordFile, 'once');
    const document = await ask('transfer.import', { path: resolve(file), exportPassword, dryRun });
    return { document, lines: (style) => importLines(document.import, style) };
  },
});

const reasonTexts: Readonly<Record<NonNullable<ImportedRecord['reason']>, string>> = {
  same: 'the same here',
  older: 'newer here',
  'other-id': 'known here under another id',
  'other-kind': 'something else has this id here',
  'no-account': 'of an account that is not here',
  'no-token': 'of tokens that are not all here',
  'open-here': 'under way here',
  'unknown-kind': 'of a kind that this Rondo does not know',
  malformed: 'without the form of its kind',
};

function importLines({ dryRun, counts, records, exportedAt }: ImportReport, style: Style): string[] {
  const rows = new Map<string, { kind: string; what: string; count: number }>();
  for (const { kind, act, reason } of records) {
    const what = reason === undefined ? (act === 'add' ? 'added' : 'changed') : `skipped: ${reasonTexts[reason]}`;
    const row = rows.get(`${kind} ${what}`) ?? { kind, what, count: 0 };
    rows.set(`${kind} ${what}`, { ...row, count: row.count + 1 });
  }
  const stays = records.filter(({ valueStays }) => valueStays).length;
  const verb = dryRun ? 'An import would add' : 'Added';
  const and = dryRun ? 'change' : 'changed';
  return [
    `${verb} ${counts.add}, ${and} ${counts.change} and ${dryRun ? 'skip' : 'skipped'} ${counts.skip} records of the export of ${exportedAt}.`,
    ...table(
      [...rows.values()],
      [
        { title: 'KIND', cell: ({ kind }) => kind },
        { title: 'RECORDS', cell: ({ count }) => String(count) },
        { title: 'WHAT', cell: ({ what }) => what, shrinks: true },
      ],
      style,
    ),
    ...(stays === 0 ? [] : [`This vault keeps its own value of ${counted(stays, 'record')}: the export has another.`]),
    ...(dryRun ? ['Nothing was changed: leave --dry-run away to do it.'] : []),
  ];
}

export const transferCommands = [exportCommand, importCommand];
