// What stands in the vault's place, against every command: the wrong password, no vault, something that is none, and a
// vault of a newer Rondo. Nothing of it is changed, whatever is asked.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../main/cli/command-list.ts';
import { type ConnectedCli, connectedCli } from '../support/connected-cli.ts';
import { everyCommand } from '../support/every-command.ts';
import { expectRefused, folderState } from '../support/expect-refused.ts';

let cli: ConnectedCli;
beforeAll(async () => {
  cli = await connectedCli();
});
afterAll(() => cli[Symbol.asyncDispose]());

/** A folder with something of the vault's name in it. */
function folderWith(make: (vaultPath: string) => void): string {
  const vaultDir = cli.copy();
  rmSync(vaultDir, { recursive: true });
  mkdirSync(vaultDir);
  make(join(vaultDir, 'vault.rondo'));
  return vaultDir;
}

test('Every command that opens the vault is asked here', () => {
  const withoutVault = [
    'vault create',
    'vault status',
    'vault carve',
    'backup list',
    'backup restore',
    'sandbox',
    'demo',
  ];
  expect([...everyCommand(cli).keys(), ...withoutVault].sort()).toEqual(commands.map(({ path }) => path).sort());
});

describe('A wrong password', () => {
  const wrong = 'Tr0ub4dor&3-canary';

  test('opens nothing for any command, and is not repeated', async () => {
    for (const call of everyCommand(cli).values()) {
      await expectRefused(cli, {
        ...call,
        options: { passwordText: `${wrong}\n`, stdin: call.stdin ?? '' },
        code: 'wrong-password',
        says: /password is wrong/,
        secrets: [wrong],
      });
    }
  });

  test.each([
    ['nothing at all', ''],
    ['the right one with a space behind', 'correct horse battery staple '],
    ['the right one in capitals', 'CORRECT HORSE BATTERY STAPLE'],
    ['the right one without its last letter', 'correct horse battery stapl'],
    ['10 000 emoji', '🔑'.repeat(10_000)],
    ['control and direction characters', 'a\u0000b\u202ec\u001b[2J'],
  ])('is refused when it is %s', async (_name, passwordText) => {
    await expectRefused(cli, {
      arguments: ['token', 'list'],
      options: { passwordText },
      code: 'wrong-password',
      says: /password is wrong/,
      secrets: passwordText === '' ? [] : [passwordText.slice(0, 20)],
    });
  });

  test('longer than any password is refused before anything is opened', async () => {
    await expectRefused(cli, {
      arguments: ['token', 'list'],
      options: { passwordText: 'x'.repeat(65_537) },
      code: 'invalid-input',
      says: /password/,
      secrets: ['xxxx'],
    });
  });

  test('is not made a new vault’s password when it is empty', async () => {
    await expectRefused(cli, {
      arguments: ['vault', 'create'],
      options: { passwordText: '\n', vaultDir: join(cli.folder.path, 'never made') },
      code: 'invalid-input',
      says: /password: is empty/,
    });
  });
});

describe('Where no vault is', () => {
  const places: readonly (readonly [string, () => string])[] = [
    ['a folder that does not exist', () => join(cli.folder.path, 'not there')],
    ['an empty folder', () => folderWith(() => {})],
    ['a folder that holds other files', () => folderWith((path) => writeFileSync(`${path}.txt`, 'hello'))],
    [
      'a file where the folder should be',
      () =>
        join(
          folderWith((path) => writeFileSync(path, 'x')),
          'vault.rondo',
        ),
    ],
  ];

  test.each(places)('%s: every command says not-found and makes nothing', async (_name, make) => {
    const vaultDir = make();
    for (const call of everyCommand(cli).values()) {
      await expectRefused(cli, {
        ...call,
        options: { vaultDir, stdin: call.stdin ?? '' },
        code: 'not-found',
        says: /There is no vault in/,
      });
    }
  });

  test('the status says so, and that is no error', async () => {
    const ran = await cli.run(['vault', 'status', '--json'], { vaultDir: folderWith(() => {}) });
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.stdout).vault).toMatchObject({ exists: false, locked: true });
  });

  test('no vault is made inside of a file', async () => {
    const vaultDir = join(
      folderWith((path) => writeFileSync(path, 'x')),
      'vault.rondo',
    );
    const row = { arguments: ['vault', 'create'], options: { vaultDir }, says: /is not a folder/ } as const;
    await expectRefused(cli, { ...row, code: 'invalid-input' });
  });
});

describe('Something else in the vault’s place', () => {
  const impostors: readonly (readonly [string, (path: string) => void])[] = [
    ['a folder', (path) => mkdirSync(path)],
    ['a pipe that nobody writes to', (path) => execFileSync('mkfifo', [path])],
    ['an empty file', (path) => writeFileSync(path, '')],
    ['a text', (path) => writeFileSync(path, 'Dear diary, '.repeat(1_000))],
    ['a file that only begins like SQLite', (path) => writeFileSync(path, 'SQLite format 3\0')],
    ['another program’s database', foreignDatabase],
    ['a link to nowhere', (path) => symlinkSync('/nowhere/at/all', path)],
    ['a link to a vault', (path) => symlinkSync(join(cli.vaultDir, 'vault.rondo'), path)],
  ];

  test.each(impostors)('%s: every command says so and does not touch it', async (_name, make) => {
    const vaultDir = folderWith(make);
    const asked = [
      ...everyCommand(cli).values(),
      { arguments: ['vault', 'status'] },
      { arguments: ['vault', 'create'] },
    ];
    for (const call of asked) {
      await expectRefused(cli, {
        arguments: call.arguments,
        options: { vaultDir, stdin: 'stdin' in call ? call.stdin : '' },
        code: 'vault-damaged',
        details: { reason: 'not-a-vault', remedy: 'vault.elsewhere' },
        says: /vault\.rondo is not a vault/,
      });
    }
  });

  function foreignDatabase(path: string): void {
    const database = new Database(path);
    database.exec('CREATE TABLE contacts (name); PRAGMA user_version = 1');
    database.close();
  }
});

describe('A vault of a newer Rondo', () => {
  function newer(): string {
    const vaultDir = cli.copy();
    const path = join(vaultDir, 'vault.rondo');
    const bytes = readFileSync(path);
    // The format's number in SQLite's own header.
    bytes.writeUInt32BE(7, 60);
    writeFileSync(path, bytes);
    return vaultDir;
  }

  test('is refused by every command, untouched', async () => {
    const vaultDir = newer();
    for (const call of everyCommand(cli).values()) {
      await expectRefused(cli, {
        ...call,
        options: { vaultDir, stdin: call.stdin ?? '' },
        code: 'vault-too-new',
        details: { format: 7 },
        says: /newer Rondo/,
      });
    }
  });

  test('tells its format, and no other vault is made over it', async () => {
    const vaultDir = newer();
    const before = folderState(vaultDir);
    const status = await cli.run(['vault', 'status', '--json'], { vaultDir });
    expect(JSON.parse(status.stdout).vault).toMatchObject({ exists: true, format: 7 });
    expect(folderState(vaultDir)).toEqual(before);
    const row = { arguments: ['vault', 'create'], options: { vaultDir }, says: /vault in .* already/ } as const;
    await expectRefused(cli, { ...row, code: 'invalid-input' });
  });
});

describe('A password file', () => {
  test.each([
    ['that nobody named, without a terminal', { environment: {} }, 'usage', /there is no terminal/],
    ['with nobody to ask', { environment: { RONDO_PASSWORD_FILE: '' } }, 'usage', /there is no terminal/],
  ] as const)('%s', async (_name, setting, code, says) => {
    const arguments_ = ['token', 'list', '--vault', cli.vaultDir];
    await expectRefused(cli, { arguments: arguments_, options: setting, code, says });
  });
});
