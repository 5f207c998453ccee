// The disk fails in the end of a transaction, and whoever looks what came of it cannot: nobody knows whether it was saved,
// and none of the reasons that stand in the way may say that nothing was changed.
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '../../main/app-error.ts';
import { put } from '../support/damaged-vault.ts';
import { intercept } from '../support/intercept.ts';
import { type TemporaryVault, temporaryVault } from '../support/temporary-vault.ts';

let opened: TemporaryVault;
afterEach(() => opened.dispose());

const isReopening = (name: string) => name === 'SELECT manifest FROM manifest';

function rename(vaultPath: string) {
  return (name: string) => {
    if (name === 'close') renameSync(vaultPath, `${vaultPath}.away`);
  };
}

function refuse(code: string) {
  return (name: string) => {
    if (isReopening(name)) throw new Database.SqliteError('refused', code);
  };
}

test.each([
  ['another process has it for itself', () => refuse('SQLITE_BUSY'), 'SQLITE_BUSY'],
  ['it is damaged', () => refuse('SQLITE_CORRUPT'), 'SQLITE_CORRUPT'],
  ['the disk fails again', () => refuse('SQLITE_FULL'), 'SQLITE_FULL'],
  ['it has another name', rename, 'not-found'],
])('a transaction that was perhaps saved is told as that where %s', async (_, hinder, why) => {
  opened = await temporaryVault();
  const { session, vaultDir } = opened;
  const vaultPath = join(vaultDir, 'vault.rondo');
  const reopening = hinder(vaultPath);
  let hasFailed = false;
  const stop = intercept(({ name }, run) => {
    if (hasFailed) reopening(name);
    const result = run();
    if (name !== 'COMMIT' || hasFailed) return result;
    hasFailed = true;
    throw new Database.SqliteError('the disk failed', 'SQLITE_IOERR_FSYNC');
  });
  const error = failureOf(() => put(session, 'perhaps'));
  stop();
  expect(error).toMatchObject({
    code: 'storage',
    effect: undefined,
    details: { code: 'SQLITE_IOERR_FSYNC' },
    cause: { code: why },
  });
  expect(error.message).toContain('whether the last change was saved shows when the vault is opened again');
  expect(error.message).not.toMatch(/[Nn]othing/);

  if (!existsSync(vaultPath)) renameSync(`${vaultPath}.away`, vaultPath);
  expect(session.records('note'), 'this one was').toHaveLength(1);
  put(session, 'the next');
  expect(session.verify().ok).toBe(true);
});

function failureOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was done');
}
