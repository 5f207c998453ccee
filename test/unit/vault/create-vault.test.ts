import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { intercept } from '../../support/intercept.ts';
import {
  passwordBytes,
  type TemporaryFolder,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';

let folder: TemporaryFolder;
let opened: TemporaryVault;
beforeEach(async () => {
  folder = temporaryFolder();
  opened = await temporaryVault();
});
afterEach(() => {
  opened.dispose();
  folder.dispose();
});

describe('making a vault', () => {
  test('keeps group and others out, and tells where it is', async () => {
    const vaultDir = join(folder.path, 'a', 'b');
    const vault = vaultIn(vaultDir, { clock: { now: () => 0, sleep: async () => {} } });
    expect(vault.status()).toEqual({ path: join(vaultDir, 'vault.rondo'), exists: false, locked: true });
    const created = await vault.create(passwordBytes());
    expect(created).toEqual({ path: join(vaultDir, 'vault.rondo'), createdAt: '1970-01-01T00:00:00.000Z', format: 1 });
    expect(vault.status()).toEqual({ path: created.path, exists: true, format: 1, locked: true });
    expect(readdirSync(vaultDir).sort()).toEqual(['vault.rondo', 'vault.rondo.header', 'vault.rondo.mark']);
    const modes = [vaultDir, ...readdirSync(vaultDir).map((name) => join(vaultDir, name))].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
  });

  test('refuses where one is, or a part of one', async () => {
    await expect(opened.vault.create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
    for (const name of ['vault.rondo', 'vault.rondo.header', 'vault.rondo-wal']) {
      const vaultDir = join(folder.path, name);
      mkdirSync(vaultDir);
      symlinkSync('nowhere', join(vaultDir, name));
      await expect(vaultIn(vaultDir).create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
      expect(readdirSync(vaultDir)).toEqual([name]);
    }
  });

  test('twice at once makes one', async () => {
    const attempts = await Promise.allSettled([1, 2, 3].map(() => vaultIn(folder.path).create(passwordBytes())));
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(readdirSync(folder.path).sort()).toEqual(['vault.rondo', 'vault.rondo.header', 'vault.rondo.mark']);
    const vault = vaultIn(folder.path);
    expect((await vault.unlock(passwordBytes())).verify().ok).toBe(true);
    vault.lock();
  });

  test('where a file or a link to nowhere stands in place of the folder says so and leaves it', async () => {
    const path = join(folder.path, 'file');
    writeFileSync(path, 'mine');
    await expect(vaultIn(path).create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(vaultIn(path).status().exists).toBe(false);
    const link = join(folder.path, 'link');
    symlinkSync('nowhere', link);
    await expect(vaultIn(link).create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
    expect(readdirSync(folder.path).sort()).toEqual(['file', 'link']);
  });
});

describe('rights that are too wide', () => {
  test('are taken away at unlock', async () => {
    const { vault, vaultDir } = opened;
    const backupsDir = join(vaultDir, 'vault.rondo.backups');
    mkdirSync(backupsDir);
    vault.backUp(join(backupsDir, 'one.rondo'), () => {});
    vault.lock();
    for (const name of ['replaced-1', 'replaced-1.header', 'keychain'])
      writeFileSync(`${vaultDir}/vault.rondo.${name}`, '');
    writeFileSync(join(vaultDir, 'rondo.log'), '');
    const names = readdirSync(vaultDir, { recursive: true }).map(String);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) chmodSync(join(vaultDir, name), 0o755);
    chmodSync(vaultDir, 0o755);
    await vault.unlock(opened.password());
    expect(statSync(vaultDir).mode & 0o777).toBe(0o700);
    expect(statSync(backupsDir).mode & 0o777).toBe(0o700);
    const found = readdirSync(vaultDir, { recursive: true }).map(String);
    expect(found).toEqual(expect.arrayContaining(names));
    for (const name of found) expect(statSync(join(vaultDir, name)).mode & 0o077, name).toBe(0);
  });

  test('are taken from a whole copy before it goes, and from what others have of that name only where it is a file', async () => {
    const { vault, vaultDir } = opened;
    await vault.changePassword(opened.password(), opened.password());
    vault.lock();
    const [copy = ''] = readdirSync(vaultDir).filter((name) => name.includes('.before-'));
    chmodSync(join(vaultDir, copy), 0o644);
    const target = join(folder.path, 'mine');
    writeFileSync(target, '', { mode: 0o644 });
    chmodSync(target, 0o644);
    symlinkSync(target, join(vaultDir, 'vault.rondo.link'));
    const session = await vault.unlock(opened.password());
    await session.exclusively(async () => {});
    expect(statSync(target).mode & 0o777).toBe(0o644);
    expect(readdirSync(vaultDir)).not.toContain(copy);
  });

  test('and cannot be taken away are told while the vault is open, where others reach the files', async () => {
    const { vault, vaultDir } = opened;
    const vaultPath = join(vaultDir, 'vault.rondo');
    writeFileSync(join(vaultDir, 'notes.txt'), '');
    chmodSync(vaultPath, 0o644);
    const unlockWithoutRights = async () => {
      const stop = intercept((call, run) => {
        if (call.name === 'chmodSync') throw Object.assign(new Error('not yours'), { code: 'EPERM' });
        return run();
      });
      try {
        await vault.unlock(opened.password());
      } finally {
        stop();
      }
    };
    await unlockWithoutRights();
    expect(vault.status(), 'the folder is closed').not.toHaveProperty('exposed');
    chmodSync(vaultDir, 0o755);
    await unlockWithoutRights();
    expect(vault.status().exposed).toContain(vaultPath);
    expect(vault.status().exposed).not.toContain(join(vaultDir, 'vault.rondo.header'));
    vault.lock();
    expect(vault.status()).not.toHaveProperty('exposed');
    await vault.unlock(opened.password());
    expect(vault.status(), 'taken away after all').not.toHaveProperty('exposed');
  });

  test('and were taken away are told while the vault is open, where others reached the files', async () => {
    const { vault, vaultDir } = opened;
    const vaultPath = join(vaultDir, 'vault.rondo');
    chmodSync(vaultPath, 0o644);
    await vault.unlock(opened.password());
    expect(vault.status(), 'the folder was closed').not.toHaveProperty('narrowed');
    chmodSync(vaultDir, 0o755);
    chmodSync(vaultPath, 0o644);
    await vault.unlock(opened.password());
    expect(vault.status().narrowed).toContain(vaultPath);
    expect(vault.status().narrowed).not.toContain(join(vaultDir, 'vault.rondo.header'));
    expect(vault.status()).not.toHaveProperty('exposed');
    vault.lock();
    expect(vault.status()).not.toHaveProperty('narrowed');
    await vault.unlock(opened.password());
    expect(vault.status(), 'told once').not.toHaveProperty('narrowed');
  });

  test('are told of a backup only where others got into its own folder as well', async () => {
    const { vault, vaultDir } = opened;
    const backupsDir = join(vaultDir, 'vault.rondo.backups');
    const backupPath = join(backupsDir, '2026-11-26T10-00-00.000Z.rondo');
    mkdirSync(backupsDir);
    vault.backUp(backupPath, () => {});
    for (const [vaultMode, backupsMode, isTold] of [
      [0o755, 0o700, false],
      [0o755, 0o744, false],
      [0o700, 0o755, false],
      [0o755, 0o755, true],
    ] as const) {
      chmodSync(backupPath, 0o644);
      chmodSync(backupsDir, backupsMode);
      chmodSync(vaultDir, vaultMode);
      await vault.unlock(opened.password());
      const narrowed = vault.status().narrowed ?? [];
      expect(narrowed.includes(backupPath), `${vaultMode} ${backupsMode}`).toBe(isTold);
      expect(statSync(backupPath).mode & 0o777).toBe(0o600);
    }
  });

  test('of a folder that holds other things stay', async () => {
    writeFileSync(join(opened.vaultDir, 'notes.txt'), '');
    chmodSync(opened.vaultDir, 0o755);
    await opened.vault.unlock(opened.password());
    expect(statSync(opened.vaultDir).mode & 0o777).toBe(0o755);
  });
});

test('a vault that could never be opened is not made', async () => {
  const creationKdf = { operations: 11, memoryBytes: 8 * 1024 * 1024 };
  await expect(vaultIn(folder.path, { creationKdf }).create(passwordBytes())).rejects.toThrow(RangeError);
  expect(readdirSync(folder.path)).toEqual([]);
});
