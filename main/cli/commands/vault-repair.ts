import { resolve } from 'node:path';
import * as z from 'zod';
import type { DamagedPart, DamageReport } from '../../../shared/contract/vault.ts';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { counted, shortTime } from '../output/short.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { overwrite, readOpener } from '../password.ts';

const repair = defineCommand({
  path: 'vault repair',
  summary: 'put a damaged vault together again, from itself and its backups; the damaged file is kept',
  describe: (command) =>
    command
      .option('--dry-run', 'only say what would be done about each part')
      .option('--set-aside <word>', 'SET-ASIDE: leave out, or take an older form of, what no backup is known to have')
      .option('--confirm <word>', 'REPAIR: the new file takes the place of the damaged one'),
  input: z.object({
    dryRun: z.boolean().default(false),
    confirm: z.string().default(''),
    setAside: z.string().optional(),
  }),
  async run({ dryRun, confirm, setAside }, context) {
    if (!dryRun && confirm !== 'REPAIR') {
      throw new AppError(
        'confirmation-required',
        'The repaired vault takes the place of the damaged one. Nothing was changed.',
        {
          hint: 'look at it with --dry-run, then confirm it with --confirm REPAIR',
        },
      );
    }
    const ask = await context.openVault();
    if (dryRun) {
      const document = await ask('vault.damage', {});
      return { document, lines: (style) => [...parts(document, style), ...next(document)] };
    }
    const document = await ask('vault.repair', { confirm, ...(setAside === undefined ? {} : { setAside }) });
    const { kept } = document;
    return {
      document,
      lines: (style) => [
        ...parts(document, style),
        ...(kept === undefined ? [] : ['', `The vault is whole again. The damaged file is kept: ${printable(kept)}.`]),
      ],
    };
  },
});

const words: Readonly<Record<DamagedPart['remedy'], string>> = {
  'made-anew': 'made anew, nothing lost',
  'from-backup': 'from the backup of',
  'from-file': "found in the vault's own file",
  accepted: 'accepted as it is',
  'set-aside': 'set aside: no backup is known to have it',
};

const lostEntry = 'set aside: the entry that stood here, or the one before it, is lost';

const olderForm = {
  'from-backup': 'set aside: goes on as in the backup of',
  'from-file': "set aside: goes on as an older form in the vault's own file",
} as const;

function repairOf({ kind, remedy, instead, backup, only }: DamagedPart): string {
  if (kind === 'log' && remedy === 'set-aside') return lostEntry;
  const time = backup && shortTime(backup.createdAt);
  const what = instead === undefined ? words[remedy] : olderForm[instead];
  return [...(only === undefined ? [] : [`its ${only}`]), what, ...(time === undefined ? [] : [time])].join(' ');
}

function parts({ damaged }: DamageReport, style: Style): readonly string[] {
  if (damaged.length === 0) return ['Nothing is damaged. The vault is as it was.'];
  return table(
    damaged,
    [
      { title: 'ID', cell: ({ id }) => id },
      { title: 'KIND', cell: ({ kind, recordKind }) => recordKind ?? kind },
      { title: 'REASON', cell: ({ reason }) => reason, tone: () => 'bad', shrinks: true },
      { title: 'REPAIR', cell: repairOf },
    ],
    style,
  );
}

function next({ damaged, proven, beforeNewKeys = [] }: DamageReport): readonly string[] {
  if (damaged.length === 0) return [];
  const isLost = damaged.some(({ remedy }) => remedy === 'set-aside');
  return [
    '',
    proven
      ? "The vault's manifest vouches for every row that the repair would give."
      : "The vault's manifest cannot vouch for all of it: look at what is there before you accept it.",
    ...(beforeNewKeys.length === 0 ? [] : [olderKeys(beforeNewKeys.length)]),
    `Nothing was changed. rondo vault repair${isLost ? ' --set-aside SET-ASIDE' : ''} --confirm REPAIR does it; the damaged file is kept.`,
  ];
}

function olderKeys(count: number): string {
  return `${counted(count, 'backup')} from before the vault's keys were changed cannot give single parts: rondo backup restore puts one back whole.`;
}

const carve = defineCommand({
  path: 'vault carve',
  summary: 'make a new vault of what lies in a file that the database no longer reads; that file is only read',
  describe: (command) => command.requiredOption('--into <dir>', 'the folder of the new vault'),
  input: z.object({ into: z.string().min(1) }),
  async run({ into }, context) {
    const opener = await readOpener(context);
    try {
      const document = await context.ask('vault.carve', { ...opener, into: resolve(into) });
      const { path, records, rotations, entries, orphans, damaged, proven } = document;
      return {
        document,
        lines: (style) => [
          `Found ${counted(records, 'record')}, ${counted(rotations, 'open rotation')} and ${entries} of the activity. They are in ${printable(path)}, which opens as before.`,
          proven
            ? 'The manifest was found, and vouches for every row of it.'
            : 'No manifest vouches for all of it: something may be missing, or older than it was.',
          ...(orphans === 0 ? [] : [`${counted(orphans, 'value')} belonged to nothing that was found.`]),
          ...(damaged.length === 0 ? [] : parts(document, style)),
          'The damaged file was not touched.',
        ],
      };
    } finally {
      overwrite(opener);
    }
  },
});

export const vaultRepairCommands = [repair, carve];
