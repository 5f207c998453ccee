import { AppError } from '../app-error.ts';
import type { Answer, Written } from './command.ts';
import { commands, groups } from './command-list.ts';
import { type Context, createContext } from './context.ts';
import { exitCodeOfParts, exitCodes } from './exit-codes.ts';
import { createPrinter, type Printer } from './output/printer.ts';
import { parseArguments, type Request } from './program.ts';
import { type StopSignal, signalExitCodes, type World } from './world.ts';

/** Leaves a bug's trace and answers the id of it. */
type Report = (bug: unknown) => string;

/** Does what the arguments say, prints the answer and answers the exit code. Never throws. */
export async function runCli(arguments_: readonly string[], world: World): Promise<number> {
  // Arguments that cannot be read still say how the error is to be told.
  const json = arguments_.slice(0, endOfOptions(arguments_)).includes('--json');
  const plain = createPrinter(world, { json, quiet: false, color: world.environment.NO_COLOR === undefined });
  try {
    const request = parseArguments(arguments_, {
      commands,
      groups,
      columns: world.stdout.columns(),
      environment: world.environment,
      defaultVaultDir: world.defaultVaultDir,
    });
    return await fulfil(request, world, plain);
  } catch (error) {
    return tellFailure(error, (bug) => world.reportBug(bug, world.defaultVaultDir), plain);
  }
}

function endOfOptions(arguments_: readonly string[]): number {
  const end = arguments_.indexOf('--');
  return end === -1 ? arguments_.length : end;
}

async function fulfil(request: Request, world: World, plain: Printer): Promise<number> {
  switch (request.kind) {
    case 'help':
      // Help is for a person, also where everything else is asked for as JSON.
      await createPrinter(world, { json: false, quiet: false, color: false }).line(request.text.trimEnd());
      return 0;
    case 'version': {
      const version = world.version();
      await plain.answer({ document: { version }, lines: () => [version] });
      return 0;
    }
    case 'run':
      return runCommand(request, world);
  }
}

/**
 * Runs one command. A first signal ends the core, which lets a step that is in the journal end; a second one ends the
 * process. The vault is locked before the answer is printed: it does not stay open while somebody reads.
 */
async function runCommand({ run, globals }: Extract<Request, { kind: 'run' }>, world: World): Promise<number> {
  const printer = createPrinter(world, globals);
  const stopping = new AbortController();
  const context = createContext({ world, globals, printer, stopping: stopping.signal });
  const report = (bug: unknown) => world.reportBug(bug, globals.vaultDir);
  let stoppedBy: StopSignal | undefined;
  const stopListening = world.onSignal((signal) => {
    if (stoppedBy !== undefined) {
      world.exitNow(signalExitCodes[stoppedBy]);
      return;
    }
    stoppedBy = signal;
    stopping.abort();
    void closing(context, report);
    printer.progress.update('stopping: a step that has begun is written down first; once more stops at once…');
  });
  let exitCode: number;
  try {
    const outcome = await run(context);
    await closing(context, report);
    exitCode = await tell(outcome, printer);
  } catch (error) {
    await closing(context, report);
    exitCode = await tellFailure(error, report, printer);
  } finally {
    stopListening();
  }
  return stoppedBy === undefined ? exitCode : signalExitCodes[stoppedBy];
}

/** The answer stands, whatever goes wrong while closing. */
async function closing(context: Context, report: Report): Promise<void> {
  try {
    await context.closeCores();
  } catch (error) {
    report(error);
  }
}

async function tell(outcome: Answer | Written, printer: Printer): Promise<number> {
  if (!('written' in outcome)) {
    await printer.answer(outcome);
    return outcome.exitCode ?? exitCodeOfParts(outcome.failed ?? []);
  }
  if (outcome.failure === undefined) return 0;
  await printer.failureAside(outcome.failure.toFailure());
  return exitCodes[outcome.failure.code];
}

async function tellFailure(error: unknown, report: Report, printer: Printer): Promise<number> {
  const expected = error instanceof AppError ? error : bug(error, report);
  await printer.failure(expected.toFailure());
  return exitCodes[expected.code];
}

function bug(error: unknown, report: Report): AppError {
  const logId = report(error);
  return new AppError(
    'internal',
    `Rondo's command line made a mistake. What was written before stands. Log id ${logId}.`,
    {
      details: { logId },
      cause: error,
    },
  );
}
