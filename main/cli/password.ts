import { AppError } from '../app-error.ts';
import { equalBytes } from './bytes.ts';
import type { Context } from './context.ts';

/**
 * The vault's password as bytes, from where the options say. A person choosing a new one types it twice: nobody can open
 * a vault with a password that was mistyped once.
 * @throws AppError usage (nobody to ask), invalid-input (typed differently), stopped, and what reading a file throws
 */
export async function readPassword(context: Context, times: 'once' | 'twice'): Promise<Uint8Array> {
  const { world, globals } = context;
  const source = globals.password;
  if (source.kind === 'file') return context.unlessStopped(world.files.firstLine(source.filePath));
  if (source.kind === 'descriptor') return context.unlessStopped(world.files.firstLineOfDescriptor(source.descriptor));
  if (times === 'twice') return readTwice(context, 'Password for the new vault: ');
  return readSecret(context, 'Password of the vault: ');
}

/** What opens a vault. */
export type Opener = { readonly password: Uint8Array } | { readonly recoveryCode: Uint8Array };

/** The password, unless the options name a file with the recovery code. @throws as `readPassword` does */
export async function readOpener(context: Context): Promise<Opener> {
  const { recoveryCodeFile } = context.globals;
  if (recoveryCodeFile === undefined) return { password: await readPassword(context, 'once') };
  return { recoveryCode: await context.unlessStopped(context.world.files.firstLine(recoveryCodeFile)) };
}

/** Asking overwrites what it is given: a copy for what is asked twice. */
export function copyOf(opener: Opener): Opener {
  return 'password' in opener
    ? { password: new Uint8Array(opener.password) }
    : { recoveryCode: new Uint8Array(opener.recoveryCode) };
}

export function overwrite(opener: Opener): void {
  if ('password' in opener) opener.password.fill(0);
  else opener.recoveryCode.fill(0);
}

/** A new password in place of the vault's: the first line of `path`, or typed twice. @throws as `readPassword` does */
export async function readNewPassword(context: Context, path: string | undefined): Promise<Uint8Array> {
  if (path !== undefined) return context.unlessStopped(context.world.files.firstLine(path));
  return readTwice(context, 'New password: ');
}

/** The password of an export: the first line of `path`, or typed; twice where it is chosen. @throws as `readPassword` does */
export async function readExportPassword(
  context: Context,
  path: string | undefined,
  times: 'once' | 'twice',
): Promise<Uint8Array> {
  if (path !== undefined) return context.unlessStopped(context.world.files.firstLine(path));
  const whose = { of: 'export', hint: 'give --export-password-file FILE' } as const;
  return times === 'twice'
    ? readTwice(context, 'Password for the export: ', whose)
    : readSecret(context, 'Password of the export: ', whose);
}

interface Whose {
  readonly of: 'vault' | 'export';
  readonly hint: string;
}

const vaults: Whose = {
  of: 'vault',
  hint: 'give --password-file FILE or --password-fd N, or set RONDO_PASSWORD_FILE to a path',
};

async function readTwice(context: Context, question: string, whose = vaults): Promise<Uint8Array> {
  const first = await readSecret(context, question, whose);
  const second = await readSecret(context, 'The same again: ', whose);
  const same = equalBytes(first, second);
  second.fill(0);
  if (same) return first;
  first.fill(0);
  throw new AppError('invalid-input', 'The two passwords differ. Nothing was done.');
}

/** @throws AppError usage where nobody is at a terminal */
async function readSecret(context: Context, question: string, { of, hint } = vaults): Promise<Uint8Array> {
  const terminal = context.world.terminal();
  if (terminal === undefined) {
    throw new AppError(
      'usage',
      `The password of the ${of} is needed, and there is no terminal to ask on. Nothing was done.`,
      { hint },
    );
  }
  return context.unlessStopped(terminal.readSecret(question));
}
