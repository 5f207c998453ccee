import { Command, CommanderError } from 'commander';
import { AppError } from '../app-error.ts';
import type { CliCommand, Run } from './command.ts';
import { type GlobalOptions, globalOptions, withGlobalOptions } from './global-options.ts';
import { usageError } from './usage-error.ts';

/** What the arguments ask for. */
export type Request =
  | { readonly kind: 'run'; readonly run: Run; readonly globals: GlobalOptions }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' };

export interface Parsing {
  readonly commands: readonly CliCommand[];
  /** What the words that only group commands are about. */
  readonly groups: Readonly<Record<string, string>>;
  readonly columns: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly defaultVaultDir: string;
}

/** Reads the arguments and does nothing else: it neither writes nor ends the process. @throws AppError usage */
export function parseArguments(arguments_: readonly string[], parsing: Parsing): Request {
  let helpText = '';
  const requests: Request[] = [];
  const program = withGlobalOptions(new Command('rondo'))
    .description('Keeps every CircleCI API token in an encrypted vault and replaces any of them without an outage.')
    .version('', '--version', 'show the version')
    .helpOption('--help', 'show this help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        helpText += text;
      },
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => parsing.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const spec of parsing.commands) {
    const command = findOrAdd(program, spec.path.split(' '), parsing.groups).description(spec.summary);
    spec.describe(command);
    command.action(() => {
      requests.push({ kind: 'run', run: spec.prepare(command), globals: globalOptions(program.opts(), parsing) });
    });
  }
  try {
    program.parse(arguments_, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'help', text: helpText };
    if (error.code === 'commander.version') return { kind: 'version' };
    throw usageError(error, wordsOf(program, arguments_));
  }
  const [request] = requests;
  if (request === undefined) throw new AppError('usage', 'A command is missing. Nothing was done.');
  return request;
}

/** The command at the end of the path; the words before it become groups. */
function findOrAdd(parent: Command, words: readonly string[], groups: Readonly<Record<string, string>>): Command {
  let command = parent;
  let path = '';
  for (const word of words) {
    path = path === '' ? word : `${path} ${word}`;
    const known = command.commands.find((candidate) => candidate.name() === word);
    command =
      known ??
      command
        .command(word)
        .helpCommand(false)
        .description(groups[path] ?? '');
  }
  return command;
}

/** The words of the command that the arguments reached: `rondo token create`. Only words of our own are taken. */
function wordsOf(program: Command, arguments_: readonly string[]): string {
  let command = program;
  const words = [program.name()];
  for (const argument of arguments_) {
    const next = command.commands.find((candidate) => candidate.name() === argument);
    if (next === undefined) continue;
    words.push(argument);
    command = next;
  }
  return words.join(' ');
}
