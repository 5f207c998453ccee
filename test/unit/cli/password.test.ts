import { describe, expect, test } from 'vitest';
import { type Asked, type CliRun, cli } from '../../support/cli-world.ts';

const answers = {
  'token.list': () => ({ tokens: [] }),
  'vault.create': () => ({ vault: { path: '/v', createdAt: '2026-11-23T00:00:00.000Z', format: 1 } }),
};
const nowhere = { 'vault.status': () => ({ vault: { path: '/v', exists: false, locked: true } }) };

function passwordGiven(run: CliRun, channel: Asked['channel']): string | undefined {
  const input = run.core.asked.find((one) => one.channel === channel)?.input;
  if (typeof input !== 'object' || input === null || !('password' in input)) return undefined;
  return input.password instanceof Uint8Array ? new TextDecoder().decode(input.password) : undefined;
}

describe("The vault's password", () => {
  test('comes from a file, a descriptor, the environment’s file or the terminal, in this order', async () => {
    const files = { '/file': 'of the file\nrest', 'fd 3': 'of the descriptor', '/pw': 'of the environment' };
    const setting = { answers, files, typed: ['typed'] };
    const from = async (arguments_: readonly string[], environment: Record<string, string>) =>
      passwordGiven(await cli(['token', 'list', ...arguments_], { ...setting, environment }), 'vault.unlock');
    const environment = { RONDO_PASSWORD_FILE: '/pw' };
    expect(await from(['--password-file', '/file'], environment)).toBe('of the file');
    expect(await from(['--password-fd', '3'], environment)).toBe('of the descriptor');
    expect(await from([], environment)).toBe('of the environment');
    expect(await from([], {})).toBe('typed');
  });

  test('is never taken from a variable that holds it', async () => {
    const run = await cli(['token', 'list', '--json'], { answers, environment: { RONDO_PASSWORD: 'secret' } });
    expect(run.exitCode).toBe(2);
  });

  test('without a file and without a terminal is a usage error with a hint', async () => {
    const run = await cli(['token', 'list', '--json'], { answers, environment: {} });
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout).error).toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('--password-file'),
    });
  });

  test('is typed twice for a new vault, and once from a file', async () => {
    const twice = await cli(['vault', 'create', '--json'], {
      answers: { ...answers, ...nowhere },
      environment: {},
      typed: ['pässword', 'pässword'],
    });
    expect(passwordGiven(twice, 'vault.create')).toBe('pässword');
    expect(JSON.parse(twice.stdout)).toEqual({
      vault: { path: '/v', createdAt: '2026-11-23T00:00:00.000Z', format: 1 },
    });
    const file = await cli(['vault', 'create'], { answers: { ...answers, ...nowhere } });
    expect(passwordGiven(file, 'vault.create')).toBe('secret');
  });

  test('typed differently makes no vault', async () => {
    const run = await cli(['vault', 'create', '--json'], {
      answers: { ...answers, ...nowhere },
      environment: {},
      typed: ['one', 'two'],
    });
    expect(run.exitCode).toBe(2);
    expect(run.acts).toEqual([]);
  });

  test('is not asked for where a vault is already, or where there is none to open', async () => {
    const there = await cli(['vault', 'create', '--json'], { environment: {}, typed: ['x', 'x'] });
    expect(there).toMatchObject({ exitCode: 2, stderr: '' });
    expect(there.acts).toEqual([]);
    const missing = await cli(['token', 'list', '--json'], { answers: nowhere, environment: {}, typed: ['x'] });
    expect(missing).toMatchObject({ exitCode: 4, stderr: '' });
  });

  test('is overwritten after it was used', async () => {
    let given: Uint8Array | undefined;
    await cli(['token', 'list'], {
      answers: {
        ...answers,
        'vault.unlock': (opener) => {
          given = opener.password;
          return { vault: { path: '/v', exists: true, locked: false }, damaged: [] };
        },
      },
    });
    expect(given?.length).toBe(6);
    expect(given?.every((byte) => byte === 0)).toBe(true);
  });

  test('is not needed to look at the vault, nor to read help', async () => {
    const run = await cli(['vault', 'status', '--json'], { environment: {} });
    expect(run.exitCode).toBe(0);
    expect(run.core.asked.map(({ channel }) => channel)).toEqual(['vault.status']);
  });
});
