import type { Failure } from '../../../shared/contract/result.ts';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import type { Answer } from '../command.ts';
import type { World } from '../world.ts';
import { createProgress, noProgress, type Progress } from './progress.ts';
import { createStyle, type Style } from './style.ts';

export interface PrinterOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/**
 * The only place that writes, besides `token take`. Standard output carries the answer and nothing else; with `--json`
 * that is exactly one document. Everything else goes to standard error.
 */
export interface Printer {
  readonly progress: Progress;
  /** How standard output looks. */
  readonly style: Style;
  answer(answer: Answer): Promise<void>;
  /** A line of the answer before the answer is whole; nothing with `--json`. */
  line(text: string): Promise<void>;
  failure(failure: Failure): Promise<void>;
  /** The failure for a person, where standard output has its document already. */
  failureAside(failure: Failure): Promise<void>;
  warn(text: string): Promise<void>;
  /** What a person must do for the command to go on: always, on standard error. */
  instruct(text: string): Promise<void>;
  /** Nice to know: nothing with `--quiet`. */
  note(text: string): Promise<void>;
}

export function createPrinter(world: Pick<World, 'stdout' | 'stderr' | 'clock'>, options: PrinterOptions): Printer {
  const { stdout, stderr } = world;
  const style = createStyle(stdout.columns(), options.color && stdout.isTerminal);
  const errorStyle = createStyle(stderr.columns(), options.color && stderr.isTerminal);
  const progress = stderr.isTerminal && !options.quiet ? createProgress(stderr, world.clock) : noProgress;

  const aside = (text: string) =>
    progress.above(async () => {
      try {
        await stderr.write(encode(`${text}\n`));
      } catch {
        // Nobody reads standard error: the exit code still tells.
      }
    });
  const failureAside = (failure: Failure) => {
    const lines = [`${errorStyle.paint('bad', 'error:')} ${printable(failure.message)}`];
    if (failure.hint !== undefined) lines.push(`${errorStyle.paint('quiet', 'hint:')} ${printable(failure.hint)}`);
    return aside(lines.join('\n'));
  };

  return {
    progress,
    style,
    failureAside,
    answer: ({ document, lines }) => writeOut(stdout, options.json ? [json(document)] : lines(style)),
    line: (text) => (options.json ? Promise.resolve() : writeOut(stdout, [text])),
    async failure(failure) {
      if (!options.json) return failureAside(failure);
      const { code, message, hint, details } = failure;
      try {
        await writeOut(stdout, [json({ error: { code, message, hint, details } })]);
      } catch {
        await failureAside(failure);
      }
    },
    warn: (text) => aside(`${errorStyle.paint('warn', 'warning:')} ${text}`),
    instruct: (text) => aside(text),
    note: (text) => (options.quiet ? Promise.resolve() : aside(text)),
  };
}

/** Whoever read standard output may have seen enough (`| head`): that is no failure. @throws AppError storage */
async function writeOut(stdout: World['stdout'], lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  try {
    await stdout.write(encode(`${lines.join('\n')}\n`));
  } catch (cause) {
    if (isClosedPipe(cause)) return;
    throw new AppError('storage', 'Standard output did not take the answer. What the command did stands.', { cause });
  }
}

function isClosedPipe(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}

/** One line. Control and direction characters that JSON lets through raw are escaped: it may end on a terminal. */
export function json(document: object): string {
  return printable(JSON.stringify(document));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
