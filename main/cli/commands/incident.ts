import type { Command } from 'commander';
import * as z from 'zod';
import type { JobFilter } from '../../../shared/contract/job.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { ageOfReplaced, filterOptions, given, ids, tokenFilter, withFilter } from '../options.ts';
import { previewLines } from '../output/job-lines.ts';
import { jobAnswer } from './job.ts';

/** A day, or an instant. */
const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'a date like 2026-11-26, or a time like 2026-11-26T08:00:00Z',
});

const incident = defineCommand({
  path: 'incident',
  summary:
    'replace all tokens that an incident concerns, the most dangerous first, each old one deleted before the new one',
  describe: (command: Command) =>
    withFilter(command.argument('[ids...]', 'the tokens; or choose them by the filters'), ageOfReplaced)
      .option('--created-before <date>', 'made before this date, or perhaps: where CircleCI tells no age')
      .option('--held-here', 'whose value this vault holds or ever gave out')
      .option('--title <text>', 'what happened, for the report')
      .option('--mode <overlap|cut-over>', 'cut-over where nothing is said: the old one is deleted first')
      .option(
        '--retire <now|taken>',
        'in overlap, when the old one is deleted: at once, or after the new value was taken',
      )
      .option('--keep', 'keep the values in the vault after they were taken')
      .option('--dry-run', 'only show what would stop working')
      .option('--confirm <ROTATE>', 'the word ROTATE'),
  input: filterOptions.extend({
    ids,
    createdBefore: date.optional(),
    heldHere: z.literal(true).optional(),
    title: z.string().optional(),
    mode: z.enum(['overlap', 'cut-over']).default('cut-over'),
    retire: z.enum(['now', 'taken']).optional(),
    keep: z.boolean().default(false),
    dryRun: z.boolean().default(false),
    confirm: z.string().optional(),
  }),
  async run(options, context) {
    const { ids, mode, retire, keep, title, confirm } = options;
    const filter = jobFilter(options);
    if ((ids.length === 0) === (filter === undefined)) {
      throw new AppError('usage', 'Say which tokens: by ids or by filters, not both. Nothing was done.', {
        hint: 'rondo incident --help',
      });
    }
    if (mode === 'cut-over' && retire === 'taken') {
      throw new AppError(
        'usage',
        'In cut-over the old tokens are deleted first, so --retire can only be now. Nothing was done.',
        {
          hint: 'Add --mode overlap: the old ones are deleted later there.',
        },
      );
    }
    const ask = await context.openVault();
    const choice = { ids, mode, ...given({ filter }) };
    if (options.dryRun) {
      const document = await ask('job.preview', choice);
      return { document, lines: (style) => previewLines(document.items, style) };
    }
    const { job } = await ask('job.start', { ...choice, keep, ...given({ title, confirm, retire }) }).catch(
      sayHowToConfirm,
    );
    return jobAnswer(await ask('job.wait', { id: job.id }));
  },
});

type Options = z.output<typeof filterOptions> & {
  readonly createdBefore?: string | undefined;
  readonly heldHere?: true | undefined;
};

function jobFilter(options: Options): JobFilter | undefined {
  const { createdBefore, heldHere } = options;
  const before = createdBefore === undefined ? undefined : new Date(createdBefore).toISOString();
  const filter = { ...tokenFilter(options), ...given({ createdBefore: before, heldHere }) };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** The core speaks to a window as well, where the word is typed into a field. */
function sayHowToConfirm(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'confirmation-required') throw error;
  const { code, message, details } = error;
  const hint = 'look with --dry-run, then repeat it with --confirm ROTATE';
  throw new AppError(code, message, { hint, cause: error, ...(details === undefined ? {} : { details }) });
}

export const incidentCommands = [incident];
