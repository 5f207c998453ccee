import { describe, expect, test } from 'vitest';
import { commands } from '../../../main/cli/command-list.ts';
import { cli } from '../../support/cli-world.ts';

const secret = 'CCIPAT_9hTq7BcX2mN4pR6sV8wY_0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';

const wrong: readonly (readonly [string, string])[] = [
  ['an unknown command', 'frobnicate'],
  ['a command that is not built yet', 'scan .'],
  ['another one', 'policy show'],
  ['a group without a command', 'token'],
  ['no command at all', ''],
  ['an unknown option', 'token list --frobnicate'],
  ['a missing argument', 'token show'],
  ['too many arguments', 'vault status now'],
  ['a missing option', 'account add'],
  ['an option without its value', 'token list --kind'],
  ['a kind that is none', 'token list --kind team'],
  ['a state that is none', 'token list --state alive'],
  ['a duration that is none', 'token list --older-than 90'],
  ['a scope that cannot be created', 'token create project --project gh/a/b --scope all --label x'],
  ['an access that is none', 'token create personal --account aaaaaa --label x --access all'],
  ['rotate without tokens', 'rotate'],
  ['rotate with ids and filters', 'rotate bbbbbb --kind project'],
  ['a retire time that is none', 'rotate bbbbbb --retire later'],
  ['a cut-over that waits for its time', 'rotate bbbbbb --mode cut-over --retire 2h'],
  ['a cut-over that waits for the new value to be taken', 'rotate bbbbbb --mode cut-over --retire taken'],
  ['an edit without a change', 'token edit bbbbbb'],
  ['a date that is none', 'audit --since yesterday'],
  ['two forms at once', 'audit --format csv --json'],
  ['two passwords', 'token list --password-file /pw --password-fd 3'],
  ['a descriptor that is none', 'token list --password-fd x'],
  ['a port that is none', 'sandbox --port any'],
];

describe('Wrong arguments', () => {
  test.each(wrong)(
    '%s (%s) is a usage error: exit code 2, nothing asked, nothing but the document on standard output',
    async (_what, typed) => {
      const run = await cli([...typed.split(' ').filter((word) => word !== ''), '--json'], {});
      expect(run.exitCode).toBe(2);
      expect(JSON.parse(run.stdout).error.code).toBe('usage');
      expect(JSON.parse(run.stdout).error.message).toContain('Nothing was done.');
      expect(run.stderr).toBe('');
      expect(run.acts).toEqual([]);
    },
  );

  test('are told to a person on standard error', async () => {
    const run = await cli(['token', 'list', '--frobnicate']);
    expect(run.stdout).toBe('');
    expect(run.stderr).toBe("error: Unknown option '--frobnicate'. Nothing was done.\nhint: rondo token list --help\n");
  });

  test('get a suggestion', async () => {
    expect((await cli(['tokne', 'list'])).stderr).toContain("Unknown command 'tokne'. (Did you mean token?)");
    expect((await cli(['token', 'list', '--sate', 'x'])).stderr).toContain('(Did you mean --state?)');
  });

  test.each([
    `account add --host https://circleci.com ${secret}`,
    `account add --host https://circleci.com --token=${secret}`,
    `account add --host https://circleci.com --${secret}`,
    `${secret}`,
    `token ${secret}`,
    `token list --kind ${secret}`,
    `token list --older-than ${secret}`,
    `token list --password-fd ${secret}`,
    `rotate --retire ${secret}`,
    `audit --since ${secret}`,
    `sandbox --port ${secret}`,
  ])('never repeat a value that was given in the wrong place: %#', async (typed) => {
    for (const json of [[], ['--json']]) {
      const run = await cli([...typed.split(' '), ...json]);
      expect(run.exitCode).toBe(2);
      expect(run.stdout + run.stderr).not.toContain('CCIPAT');
    }
  });

  test.each([
    'rotation resume --value-stdin',
    'rotation resume dddddd eeeeee --confirm-deleted',
    'rotation resume dddddd --confirm-deleted --confirm-authorized',
    'rotation resume dddddd --value-stdin --confirm-deleted',
  ])('%s is refused: one rotation is told one thing', async (typed) => {
    const run = await cli([...typed.split(' '), '--json'], { stdin: 'x' });
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout).error.code).toBe('usage');
    expect(run.acts).toEqual([]);
  });
});

describe('Global options', () => {
  const answers = { 'token.list': () => ({ tokens: [] }) };

  test('work before, between and after the words of a command', async () => {
    for (const typed of [
      ['--json', '--vault', '/there', 'token', 'list'],
      ['token', '--json', '--vault', '/there', 'list'],
      ['token', 'list', '--search', 'x', '--json', '--vault=/there'],
    ]) {
      const run = await cli(typed, { answers });
      expect(run.stdout).toBe('{"tokens":[]}\n');
      expect(run.vaultDirs).toEqual(['/there']);
    }
  });

  test('the vault is where the option says, else the environment, else the place of the system', async () => {
    const environment = { RONDO_PASSWORD_FILE: '/pw', RONDO_VAULT: '/from-environment' };
    expect((await cli(['token', 'list'], { answers, environment })).vaultDirs).toEqual(['/from-environment']);
    expect((await cli(['token', 'list', '--vault', '/a'], { answers, environment })).vaultDirs).toEqual(['/a']);
    expect((await cli(['token', 'list'], { answers })).vaultDirs).toEqual(['/default-vault']);
  });

  test('--version says the version, also as a document', async () => {
    expect(await cli(['--version'])).toMatchObject({ stdout: '1.2.3\n', exitCode: 0 });
    expect(await cli(['--version', '--json'])).toMatchObject({ stdout: '{"version":"1.2.3"}\n', exitCode: 0 });
  });

  test('--help lists every command, on standard output, also with --json', async () => {
    for (const typed of [['--help'], ['--help', '--json']]) {
      const run = await cli(typed);
      expect(run.exitCode).toBe(0);
      expect(run.stderr).toBe('');
      for (const { path } of commands) expect(run.stdout).toContain(path.split(' ')[0]);
    }
  });

  test.each(commands.map(({ path }) => path))('%s --help explains itself and starts nothing', async (path) => {
    const run = await cli([...path.split(' '), '--help']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain(`Usage: rondo ${path}`);
    expect(run.vaultDirs).toEqual([]);
  });
});
