import { maxSecretBytes } from '../../shared/contract/kit.ts';
import { AppError } from '../app-error.ts';
import type { Context } from './context.ts';

/**
 * A token as it was piped or pasted: from standard input, or asked for without an echo where that is a terminal. The core
 * takes off what came along with it.
 * @throws AppError invalid-input, usage, stopped
 */
export async function readToken(context: Context): Promise<Uint8Array> {
  const { stdin } = context.world;
  const terminal = stdin.isTerminal ? context.world.terminal() : undefined;
  const reading =
    terminal === undefined ? stdin.read(maxSecretBytes) : terminal.readSecret('Token (it is not shown): ');
  const given = await context.unlessStopped(reading);
  if (given.length > 0) return given;
  throw new AppError('invalid-input', 'There was no token on standard input. Nothing was done.');
}
