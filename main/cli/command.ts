import type { Command } from 'commander';
import type * as z from 'zod';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import { AppError } from '../app-error.ts';
import type { Context } from './context.ts';
import type { Style } from './output/style.ts';

/** What a command answers: the document of `--json`, the same for a person, and the codes of the parts that failed. */
export interface Answer {
  readonly document: object;
  readonly lines: (style: Style) => readonly string[];
  readonly failed?: readonly ErrorCode[];
  /** Only where the parts' codes do not decide it. */
  readonly exitCode?: number;
}

/** The command wrote to standard output itself; a failure after that may no longer write there. */
export interface Written {
  readonly written: true;
  readonly failure?: AppError;
}

export type Run = (context: Context) => Promise<Answer | Written>;

export interface CliCommand {
  /** Its words, as typed: `token create personal`. */
  readonly path: string;
  readonly summary: string;
  readonly describe: (command: Command) => unknown;
  /** Turns what commander collected into the act. @throws AppError usage */
  readonly prepare: (command: Command) => Run;
}

/** One command: its words and options for commander, the schema of what they carry, and the act. */
export function defineCommand<Schema extends z.ZodType>(definition: {
  readonly path: string;
  readonly summary: string;
  readonly describe?: (command: Command) => unknown;
  readonly input: Schema;
  readonly run: (input: z.output<Schema>, context: Context) => Promise<Answer | Written>;
}): CliCommand {
  const { path, summary, describe = () => {}, input, run } = definition;
  return {
    path,
    summary,
    describe,
    prepare(command) {
      const parsed = input.safeParse(collected(command));
      if (!parsed.success) throw wrongInput(command, parsed.error);
      return (context) => run(parsed.data, context);
    },
  };
}

/** Arguments and options in one object; an argument is called as in the command's usage. */
function collected(command: Command): Record<string, unknown> {
  const all: Record<string, unknown> = { ...command.opts() };
  for (const [index, argument] of command.registeredArguments.entries()) {
    const value: unknown = command.processedArgs[index];
    if (value !== undefined) all[argument.name()] = value;
  }
  return all;
}

/** Names the options and what they should be, never what was given: it may be a value in the wrong place. */
function wrongInput(command: Command, error: z.ZodError): AppError {
  const problems = error.issues.map((issue) => {
    const key = String(issue.path[0] ?? '');
    const isArgument = command.registeredArguments.some((argument) => argument.name() === key);
    const name = isArgument ? `<${key}>` : `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return key === '' ? issue.message : `${name}: ${issue.message}`;
  });
  return new AppError('usage', `${[...new Set(problems)].join('; ')}. Nothing was done.`);
}
