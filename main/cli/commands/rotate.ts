import type { Command } from 'commander';
import * as z from 'zod';
import type { RondoEvent } from '../../../shared/contract/contract.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { duration } from '../../../shared/durations.ts';
import { untoldAgeText } from '../../../shared/untold-age.ts';
import { AppError } from '../../app-error.ts';
import { type Answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { ageOfReplaced, filterOptions, given, ids, tokenFilter, withFilter } from '../options.ts';
import { untoldAgeLines } from '../output/job-lines.ts';
import { receiptLines, stepLine } from '../output/rotation-lines.ts';
import { counted, shortId } from '../output/short.ts';

const mode = z.enum(['overlap', 'cut-over']);
const retire = z.union([z.enum(['now', 'taken']), duration], { error: 'now, taken or a duration like 2h' });

const rotate = defineCommand({
  path: 'rotate',
  summary: 'replace tokens: create the new one, prove it, delete the old one, prove that it is gone',
  describe: (command: Command) =>
    withFilter(command.argument('[ids...]', 'the tokens; or choose them by the filters'), ageOfReplaced)
      .option(
        '--mode <overlap|cut-over>',
        'overlap: the new one first; cut-over: the old one first, for one that leaked',
      )
      .option(
        '--retire <now|taken|duration>',
        'in overlap, when the old one is deleted: at once, after the new value was taken, or so long after: then by rotation resume, or by an open window',
      )
      .option('--guided', 'you create and delete on the pages of CircleCI; the rest is done for you')
      .option('--label <text>', 'for the new token, where it is not to have the old label')
      .option('--keep', 'keep the value in the vault after it was taken')
      .option('--dry-run', 'only show what would happen'),
  input: filterOptions.extend({
    ids,
    mode: mode.default('overlap'),
    retire: retire.default('now'),
    guided: z.boolean().default(false),
    label: z.string().optional(),
    keep: z.boolean().default(false),
    dryRun: z.boolean().default(false),
  }),
  async run(options, context) {
    const { ids, label, keep, dryRun, mode, retire } = options;
    const guided = options.guided || undefined;
    const filter = tokenFilter(options);
    if ((ids.length === 0) === (filter === undefined)) {
      throw new AppError('usage', 'Say which tokens: by ids or by filters, not both. Nothing was done.', {
        hint: 'rondo rotate --help',
      });
    }
    // The core would delete it at once: whoever asks for time would have it taken away without a word.
    if (mode === 'cut-over' && retire !== 'now') {
      throw new AppError(
        'usage',
        'In cut-over the old token is deleted first, so --retire can only be now. Nothing was done.',
        {
          hint: 'Leave --retire out, or rotate in overlap: the old one is deleted later there.',
        },
      );
    }
    const ask = await context.openVault();
    const stopTelling = tellSteps(context);
    try {
      const order = { ids, keep, dryRun, mode, retire, ...given({ filter, label, guided }) };
      const ofUntoldAge = async ({ rotations }: { readonly rotations: readonly Rotation[] }) => {
        if (filter?.olderThanMs === undefined) return 0;
        const { tokens } = await ask('token.list', filter);
        const old = new Set(tokens.map(({ id }) => id));
        return rotations.filter(({ token }) => !old.has(token)).length;
      };
      if (mode === 'cut-over' && !dryRun && filter?.olderThanMs !== undefined) {
        refuseUntoldAge(await ofUntoldAge(await ask('rotation.start', { ...order, dryRun: true })));
      }
      const answer = rotationAnswer(await ask('rotation.start', order));
      const untold = dryRun ? await ofUntoldAge(answer.document) : 0;
      return { ...answer, lines: (style) => [...answer.lines(style), ...untoldAgeLines(untold, style)] };
    } finally {
      stopTelling();
    }
  },
});

/** In cut-over they would be deleted before there is a new one, and perhaps they are new. */
function refuseUntoldAge(amount: number): void {
  if (amount === 0) return;
  throw new AppError('invalid-input', `${untoldAgeText(amount, counted(amount, 'token'))} Nothing was done.`, {
    hint: 'Name the tokens by their ids, which --dry-run shows, or rotate in overlap.',
  });
}

/** What `rotate` and `rotation resume` answer. */
export function rotationAnswer<Document extends { readonly rotations: readonly Rotation[] }>(
  document: Document,
): Answer & { readonly document: Document } {
  const { rotations } = document;
  return {
    document,
    failed: rotations.flatMap(({ state, error }) => {
      if (state === 'needs-attention') return ['needs-attention' as const];
      return state === 'failed' ? [error?.code ?? ('internal' as const)] : [];
    }),
    lines: (style) =>
      rotations.length === 0 ? ['No token to rotate.'] : rotations.flatMap((rotation) => receiptLines(rotation, style)),
  };
}

/** On a terminal, each step as it ends. */
export function tellSteps(context: Context): () => void {
  const { printer, world, globals } = context;
  if (!world.stderr.isTerminal || globals.json) return () => {};
  const told = new Set<string>();
  return context.core().subscribe((event: RondoEvent) => {
    if (event.event !== 'rotation.changed') return;
    const rotation = event.value;
    for (const step of rotation.steps) {
      const key = `${rotation.id} ${step.name} ${step.state}`;
      if (step.state === 'pending' || step.state === 'running' || told.has(key)) continue;
      told.add(key);
      void printer.note(`${shortId(rotation.token)}${stepLine(step, printer.style)}`);
    }
  });
}

export const rotateCommands = [rotate];
