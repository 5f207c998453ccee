import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import { type ConnectedCli, type Ran, type RunOptions, vaultPassword } from './connected-cli.ts';

/** As the contract with scripts has them; written down again here, so that a change of the program's own table shows. */
const codesByExit: Readonly<Record<number, readonly ErrorCode[]>> = {
  2: ['usage', 'invalid-input'],
  3: ['wrong-password', 'locked'],
  4: ['not-found', 'ambiguous'],
  5: ['unauthorized', 'forbidden', 'refused', 'unsupported'],
  6: ['network', 'rate-limited', 'server-error'],
  7: ['needs-attention', 'rotation-open', 'stopped'],
  8: ['vault-damaged', 'vault-too-new', 'vault-busy', 'storage'],
  9: ['confirmation-required'],
};

/** What every error says besides what happened: that something is as it was. */
const whatWasNotLost =
  /[Nn]othing (was|in the vault was|of it was|is) |No token (was created|of it is left)|(was|were) not (touched|changed|deleted|removed)|is still held|can be read/;

export interface Refused {
  readonly code: ErrorCode;
  /** Part of the message. */
  readonly says: RegExp;
  readonly details?: Readonly<Record<string, unknown>>;
  /** What must not be in any output, besides the vault's password and every value that the sandbox knows. */
  readonly secrets?: readonly string[];
}

/** Both forms of one error: the document for scripts, the lines for people. Answers the document's error. */
export function expectError(runs: { readonly json: Ran; readonly human: Ran }, wanted: Refused): object {
  const { json, human } = runs;
  expect(json.stdout, 'one line').toMatch(/^\{.*\}\n$/);
  const document = JSON.parse(json.stdout);
  expect(Object.keys(document)).toEqual(['error']);
  const { error } = document;
  expect(error).toMatchObject({ code: wanted.code, message: expect.stringMatching(wanted.says) });
  if (wanted.details !== undefined) expect(error.details).toMatchObject(wanted.details);
  expect(Object.keys(error).filter((key) => !['code', 'message', 'hint', 'details'].includes(key))).toEqual([]);
  expect(error.message).toMatch(whatWasNotLost);
  expect(withoutWarnings(json.stderr)).toBe('');
  for (const { exitCode } of [json, human])
    expect(codesByExit[exitCode] ?? [], `exit ${exitCode}`).toContain(wanted.code);
  expect(human.stdout).toBe('');
  const hint = error.hint === undefined ? '' : `hint: ${error.hint}\n`;
  expect(withoutWarnings(human.stderr)).toBe(`error: ${error.message}\n${hint}`);
  expect([...json.bugs, ...human.bugs]).toEqual([]);
  return error;
}

/** Damage is warned of on standard error, whatever comes next. */
export function withoutWarnings(text: string): string {
  return text.replace(/^warning: .*\n/gm, '');
}

export interface BadInput extends Refused {
  readonly arguments: readonly string[];
  readonly options?: RunOptions;
  /** `log`: the refused act stands in the log, and in what the account knows of its last attempt; no token changes. */
  readonly leaves?: 'nothing' | 'log';
}

/**
 * Runs it for a script and for a person, and holds against it: code, exit code, both forms, no secret anywhere, and no
 * change: the vault's folder is the same to the byte (or only its log grew), and CircleCI has the same tokens.
 */
export async function expectRefused(cli: ConnectedCli, row: BadInput): Promise<object> {
  const vaultDir = row.options?.vaultDir ?? cli.vaultDir;
  const look = async () => ({
    vault: row.leaves === 'log' ? await tokensOf(cli, vaultDir) : folderState(vaultDir),
    sandbox: sandboxState(cli),
  });
  const before = await look();
  const json = await cli.run([...row.arguments, '--json'], row.options);
  const human = await cli.run(row.arguments, row.options);
  const error = expectError({ json, human }, row);
  expectNoSecret(cli, [json, human], row.secrets);
  expect(await look(), `after ${row.arguments.join(' ')}`).toEqual(before);
  return error;
}

export function expectNoSecret(cli: ConnectedCli, runs: readonly Ran[], more: readonly string[] = []): void {
  const secrets = [vaultPassword, ...cli.sandbox.tokens().map(({ value }) => value), ...more];
  for (const { stdout, stderr } of runs) {
    for (const secret of secrets) {
      const found = (stdout + stderr).toLowerCase().includes(secret.toLowerCase());
      expect(found, 'a secret in the output').toBe(false);
    }
  }
}

/** Name, kind, rights and content of everything in the folder, to the byte. */
export function folderState(dir: string): Readonly<Record<string, string>> {
  const stats = lstatSync(dir, { throwIfNoEntry: false });
  if (stats === undefined) return { '.': 'absent' };
  const digest = (path: string) => {
    const { mode } = lstatSync(path);
    return `${mode.toString(8)} ${isFile(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''}`;
  };
  const names = stats.isDirectory() ? readdirSync(dir, { recursive: true, encoding: 'utf8' }) : [];
  // The lock's own file is empty, and stays once it was made.
  const content = ['', ...names].filter((name) => name !== 'vault.rondo.lock');
  return Object.fromEntries(content.map((name) => [name, digest(join(dir, name))]));
}

function isFile(path: string): boolean {
  return lstatSync(path).isFile();
}

/** Everything but when a token was last used: signing in uses one. */
export function sandboxState({ sandbox }: ConnectedCli): readonly object[] {
  return sandbox.tokens().map(({ lastUsedAt: _used, ...token }) => token);
}

/** What a refused act may not touch, of what the vault shows. */
async function tokensOf(cli: ConnectedCli, vaultDir: string): Promise<object> {
  const { tokens, projects, accounts } = await cli.inventory(vaultDir);
  return {
    tokens: tokens.map(({ lastSeenAt: _seen, lastUsedAt: _used, ...token }) => token),
    projects,
    accounts: accounts.map(({ id, host, login }) => ({ id, host, login })),
  };
}
