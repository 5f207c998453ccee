import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../../support/cli-world.ts';

const backup = {
  path: '/v/vault.rondo.backups/b.rondo',
  createdAt: '2026-11-25T20:00:00.000Z',
  verified: true,
  checked: 'now',
  standing: 'fit',
} as const;
const listed = { ...backup, checked: 'when-made' } as const;
const anothers = {
  ...listed,
  path: '/v/vault.rondo.backups/a.rondo',
  verified: false,
  standing: 'another-vault',
} as const;
const answers = {
  'backup.create': () => ({ backup }),
  'backup.list': () => ({ backups: [listed, anothers] }),
  'backup.restore': () => ({ backup, kept: '/v/vault.rondo.replaced' }),
};

test('backup create takes a file, or none', async () => {
  const own = await cli(['backup', 'create', '--json'], { answers });
  expect(JSON.parse(own.stdout)).toEqual({ backup });
  expect(own.acts.map(({ input }) => input)).toEqual([{}]);
  const named = await cli(['backup', 'create', 'mine.rondo'], { answers });
  expect(named.acts.map(({ input }) => input)).toEqual([{ path: resolve('mine.rondo') }]);
});

test('backup list asks for no password', async () => {
  const run = await cli(['backup', 'list', '--json'], { answers, environment: {} });
  expect(JSON.parse(run.stdout)).toEqual({ backups: [listed, anothers] });
});

test('backup list says of each when it was checked, or why it cannot be restored here', async () => {
  const { stdout } = await cli(['backup', 'list'], { answers, environment: {} });
  expect(stdout).toMatch(/when it was made.*b\.rondo\n.*another vault's.*a\.rondo/);
});

test('backup restore wants the word first, then the password of the backup', async () => {
  const without = await cli(['backup', 'restore', 'b', '--json'], { answers });
  expect(without.exitCode).toBe(9);
  expect(without.acts).toEqual([]);
  const run = await cli(['backup', 'restore', 'b', '--confirm', 'RESTORE', '--json'], { answers });
  expect(run.exitCode).toBe(0);
  expect(JSON.parse(run.stdout)).toEqual({ backup, kept: '/v/vault.rondo.replaced' });
  expect(run.acts).toMatchObject([
    { channel: 'backup.restore', input: { path: resolve('b'), confirm: 'RESTORE', password: expect.any(Uint8Array) } },
  ]);
  expect(run.core.asked.map(({ channel }) => channel)).not.toContain('vault.unlock');
});
