import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderPassword, type RondoFolder, type RondoProcess, rondoFolder } from '../../support/rondo-process.ts';

/** The bundled command line, as scripts start it: a real core, a real vault, the sandbox in a process of its own. */
let folder: RondoFolder;
let sandbox: RondoProcess;
let personalToken: string;
let url: string;
let project: string;

beforeAll(async () => {
  folder = rondoFolder();
  sandbox = folder.start(['sandbox', '--json']);
  const line = JSON.parse(await sandbox.firstLine);
  ({ personalToken, url } = line.sandbox);
  project = line.sandbox.projects[0];
  expect((await folder.run(['vault', 'create'])).exitCode).toBe(0);
  const added = await folder.run(['account', 'add', '--host', url], { stdin: `Circle-Token: "${personalToken}"\n` });
  expect(added).toMatchObject({ exitCode: 0, stderr: '' });
});
afterAll(() => folder.remove());

async function createToken(label: string): Promise<string> {
  const created = await folder.run([
    'token',
    'create',
    'project',
    '--project',
    project,
    '--scope',
    'read-only',
    '--label',
    label,
    '--json',
  ]);
  expect(created).toMatchObject({ exitCode: 0, stderr: '' });
  return JSON.parse(created.stdout).token.id;
}

describe('The command line as a process', () => {
  test('goes the whole round of the demo, and leaves nothing behind', async () => {
    const own = rondoFolder();
    const demo = await own.run(['demo', '--json']);
    expect(JSON.parse(demo.stdout).demo.ok).toBe(true);
    expect(demo).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(own.path)).toEqual(['password']);
    await own.remove();
  });

  test('rotates a token, and hands over the new value once, on standard output only', async () => {
    const id = await createToken('to rotate');
    const rotated = await folder.run(['rotate', id, '--json']);
    expect(rotated).toMatchObject({ exitCode: 0, stderr: '' });
    const [rotation] = JSON.parse(rotated.stdout).rotations;
    expect(rotation.state).toBe('done');
    const taken = await folder.run(['token', 'take', rotation.replacement]);
    expect(taken).toMatchObject({ exitCode: 0, stderr: '' });
    expect(taken.stdout.trimEnd().slice(-4)).toBe(rotation.receipt.new.tail);
    expect(rotated.stdout).not.toContain(taken.stdout.trimEnd());
    expect(await folder.run(['token', 'take', rotation.replacement, '--json'])).toMatchObject({ exitCode: 4 });
  });

  test('keeps a value held that a full disk or a closed pipe did not take', async () => {
    const id = await createToken('to take');
    const full = await folder.run(['token', 'take', id], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
    expect(full).toMatchObject({ exitCode: 8, stderr: expect.stringContaining('still held') });
    const closed = folder.start(['token', 'take', id, '--json']);
    closed.process.stdout?.destroy();
    expect(await closed.end).toMatchObject({ exitCode: 8, stderr: expect.stringContaining('still held') });
    const outFile = join(folder.path, 'value');
    const toFile = await folder.run(['token', 'take', id], { stdio: ['ignore', openSync(outFile, 'w'), 'pipe'] });
    expect(toFile).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(outFile, 'utf8')).toMatch(/^\S+\n$/);
    expect(await folder.run(['token', 'take', id])).toMatchObject({ exitCode: 4 });
  });

  test('takes the password and the token one after the other from standard input', async () => {
    const added = await folder.run(['account', 'add', '--host', url, '--password-fd', '0', '--json'], {
      stdin: `${folderPassword}\r\n${personalToken}\n`,
    });
    expect(added).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(added.stdout).account.host).toBe(url);
  });

  test('reads no descriptor that Node itself works with, and one that it was given', async () => {
    for (const descriptor of ['3', '4', '5', '6', '7', '8', '9', '11', '12', '13', '14', '19']) {
      const refused = await folder.run(['token', 'list', '--json', '--password-fd', descriptor]);
      expect(refused.exitCode, `descriptor ${descriptor}`).toBe(2);
      expect(JSON.parse(refused.stdout).error.code).toBe('usage');
    }
    const password = openSync(join(folder.path, 'password'), 'r');
    const stdio = ['pipe', 'pipe', 'pipe', password] as const;
    expect((await folder.run(['token', 'list', '--password-fd', '3'], { stdio: [...stdio] })).exitCode).toBe(0);
    closeSync(password);
  });

  test('ends on a signal while it waits for a password, and says 128 and the signal', async () => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const waiting = folder.start(['token', 'list', '--json', '--password-file', pipe]);
    // Opening it for writing waits until the process has opened it for reading.
    const writer = await open(pipe, 'w');
    waiting.process.kill('SIGINT');
    const { exitCode, stdout } = await waiting.end;
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout).error.code).toBe('stopped');
    await writer.close();
  });

  test('says the version of the package', async () => {
    const manifest = JSON.parse(readFileSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), 'utf8'));
    expect(await folder.run(['--version'])).toMatchObject({ stdout: `${manifest.version}\n`, exitCode: 0 });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends the sandbox on %s with %i', async (signal, exitCode) => {
    const own = folder.start(['sandbox']);
    expect(await own.firstLine).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    own.process.kill(signal);
    expect(await own.end).toMatchObject({ exitCode });
  });
});
