import type { CommanderError } from 'commander';
import { AppError } from '../app-error.ts';

/** A word that is certainly no token or password: short, lower case, without digits. */
const harmlessWord = /^-{0,2}[a-z][a-z-]{0,23}$/;

/**
 * Commander's complaint as our usage error. Commander repeats what was typed, and a token given in the wrong place would
 * end up on a screen and in a build's log: only words that look like ours are repeated.
 */
export function usageError(error: CommanderError, commandWords: string): AppError {
  const hint = `${commandWords} --help`;
  return new AppError('usage', `${sentence(error, commandWords)} Nothing was done.`, { hint });
}

function sentence(error: CommanderError, commandWords: string): string {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const word = harmlessWord.test(quoted) ? ` '${quoted}'` : '';
  // Suggestions come from our own names.
  const suggestion = /\(Did you mean [a-z, -]+\?\)/.exec(error.message)?.[0];
  const ending = suggestion === undefined ? '.' : `. ${suggestion}`;
  switch (error.code) {
    case 'commander.unknownOption':
      return `Unknown option${word}${ending}`;
    case 'commander.unknownCommand':
      return `Unknown command${word}${ending}`;
    case 'commander.excessArguments':
      return `Too many arguments for '${commandWords}'; a value is never given as an argument.`;
    case 'commander.help':
      return `A command is missing after '${commandWords}'.`;
    case 'commander.missingArgument':
    case 'commander.optionMissingArgument':
    case 'commander.missingMandatoryOptionValue':
    case 'commander.conflictingOption':
      // These repeat only names that the command itself declares.
      return `${error.message.replace(/^error: /, '').replace(/^./, (first) => first.toUpperCase())}.`;
    default:
      return 'The arguments could not be read.';
  }
}
