import { type Command, Option } from 'commander';
import * as z from 'zod';
import { AppError } from '../app-error.ts';

/** Where the vault's password comes from; never from an argument or a variable that holds it. */
export type PasswordSource =
  | { readonly kind: 'file'; readonly filePath: string }
  | { readonly kind: 'descriptor'; readonly descriptor: number }
  | { readonly kind: 'prompt' };

export interface GlobalOptions {
  readonly vaultDir: string;
  readonly password: PasswordSource;
  /** The file whose first line is the recovery code, which opens the vault instead of the password. */
  readonly recoveryCodeFile?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** The options that every command takes, before and after its words. */
export function withGlobalOptions(program: Command): Command {
  return program
    .option('--vault <dir>', "the vault's folder (else RONDO_VAULT)")
    .addOption(
      new Option(
        '--password-file <file>',
        "the vault's password is its first line (else RONDO_PASSWORD_FILE)",
      ).conflicts('passwordFd'),
    )
    .option('--password-fd <n>', "the vault's password is the first line of this open descriptor")
    .addOption(
      new Option(
        '--recovery-code-file <file>',
        'the recovery code is its first line, and opens the vault instead of the password',
      ).conflicts(['passwordFile', 'passwordFd']),
    )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress and no notes')
    .option('--no-color', 'no colours');
}

const given = z.object({
  vault: z.string().min(1).optional(),
  passwordFile: z.string().min(1).optional(),
  passwordFd: z
    .string()
    .regex(/^[0-9]{1,6}$/)
    .transform(Number)
    .optional(),
  recoveryCodeFile: z.string().min(1).optional(),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
  color: z.boolean().default(true),
});

/** @throws AppError usage */
export function globalOptions(
  options: unknown,
  world: { readonly environment: Readonly<Record<string, string | undefined>>; readonly defaultVaultDir: string },
): GlobalOptions {
  const parsed = given.safeParse(options);
  if (!parsed.success) {
    throw new AppError(
      'usage',
      '--vault, --password-file and --recovery-code-file take a path, --password-fd a number. Nothing was done.',
    );
  }
  const { vault, passwordFile, passwordFd, recoveryCodeFile, json, quiet, color } = parsed.data;
  const { environment } = world;
  return {
    vaultDir: vault ?? nonEmpty(environment.RONDO_VAULT) ?? world.defaultVaultDir,
    password: passwordSource(passwordFile, passwordFd, nonEmpty(environment.RONDO_PASSWORD_FILE)),
    ...(recoveryCodeFile === undefined ? {} : { recoveryCodeFile }),
    json,
    quiet,
    color: color && nonEmpty(environment.NO_COLOR) === undefined,
  };
}

function passwordSource(
  filePath: string | undefined,
  descriptor: number | undefined,
  environmentPath: string | undefined,
): PasswordSource {
  if (filePath !== undefined) return { kind: 'file', filePath };
  if (descriptor !== undefined) return { kind: 'descriptor', descriptor };
  return environmentPath === undefined ? { kind: 'prompt' } : { kind: 'file', filePath: environmentPath };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
