import * as z from 'zod';
import type { Failure } from '../../../shared/contract/result.ts';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { type Answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { type DemoStep, type ReadBack, runDemo } from '../demo.ts';
import type { Style } from '../output/style.ts';

/** 256 random bits as hex: a password like any other, known to nobody. */
const passwordBytes = 32;

const demo = defineCommand({
  path: 'demo',
  summary: 'try everything in a throw-away vault against the embedded CircleCI',
  input: z.object({}),
  async run(_input, context) {
    const folder = await context.world.temporaryFolder();
    const steps: DemoStep[] = [];
    try {
      const readBacks = await demonstrate(context, folder.path, steps);
      return demoAnswer({ steps, readBacks });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return demoAnswer({ steps, readBacks: [], failure: error.toFailure() });
    } finally {
      await context.closeCores();
      await folder.remove();
    }
  },
});

async function demonstrate(context: Context, vaultDir: string, steps: DemoStep[]): Promise<readonly ReadBack[]> {
  const { printer, world, globals } = context;
  return runDemo({
    ask: context.askOf(context.startCore({ vaultDir, isPassing: true })),
    password: () => Buffer.from(Buffer.from(world.random.bytes(passwordBytes)).toString('hex')),
    async told(step) {
      steps.push(step);
      if (!globals.quiet) await printer.line(stepText(step, steps.length, printer.style));
    },
  });
}

function stepText(step: DemoStep, position: number, style: Style): string {
  return [
    `${style.paint('strong', `${position}. ${step.name}`)}: ${printable(step.did)}`,
    ...step.answered.map((answer) => `     ${printable(answer)}`),
  ].join('\n');
}

/** What has to be seen in the sandbox for the demonstration to have succeeded. */
const needed: readonly ReadBack['what'][] = ['created', 'proved', 'retired', 'taken', 'deleted'];

function demoAnswer(outcome: {
  readonly steps: readonly DemoStep[];
  readonly readBacks: readonly ReadBack[];
  readonly failure?: Failure;
}): Answer {
  const { steps, readBacks, failure } = outcome;
  const missing = needed.filter((what) => !readBacks.some((one) => one.what === what && one.ok));
  const ok = missing.length === 0;
  return {
    document: { demo: { ok, steps, readBack: readBacks, ...(failure === undefined ? {} : { error: failure }) } },
    exitCode: ok ? 0 : 1,
    lines: (style) => [
      ...readBacks.map((one) => `${mark(one.ok, style)} ${one.what.padEnd(8)} ${one.found}`),
      ...(failure === undefined ? [] : [`${style.paint('bad', 'stopped:')} ${printable(failure.message)}`]),
      ok
        ? 'Created, proved, retired, taken and deleted: each was read back from the sandbox. The vault is removed again.'
        : `Not read back from the sandbox: ${missing.join(', ')}. The vault is removed again.`,
    ],
  };
}

function mark(ok: boolean, style: Style): string {
  return ok ? style.paint('good', 'ok    ') : style.paint('bad', 'NOT OK');
}

export const demoCommands = [demo];
