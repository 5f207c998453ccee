import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import { numberAsRowId, sealBlob } from '../../../main/vault/blob.ts';
import { readMark, tryToMark } from '../../../main/vault/mark-file.ts';
import { unlockVault } from '../../../main/vault/unlock-vault.ts';
import type { Vault } from '../../../main/vault/vault.ts';
import { vaultPaths } from '../../../main/vault/vault-paths.ts';
import { notes, put } from '../../support/damaged-vault.ts';
import { fixedKey } from '../../support/fixed-key.ts';
import { intercept } from '../../support/intercept.ts';
import {
  passwordBytes,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';

vi.mock('../../../main/vault/derive-key.ts', () => ({ createDeriveKey: () => fixedKey }));

// An older copy of the vault in its place is noted once each time, and open rotations with it.

const elsewhere = temporaryFolder();
const marksDir = join(elsewhere.path, 'marks');
let opened: TemporaryVault;
let vault: Vault;
let vaultPath: string;
let restored = 0;
beforeEach(async () => {
  opened = await temporaryVault();
  opened.vault.lock();
  vault = vaultIn(opened.vaultDir, { marksDir });
  vaultPath = join(opened.vaultDir, 'vault.rondo');
  restored = 0;
});
afterEach(() => {
  vault.lock();
  opened.dispose();
});
afterAll(() => elsewhere.dispose());

/** As at each unlock. @returns how often open rotations heard of it so far */
async function unlock(): Promise<number> {
  vault.lock();
  await vault.unlock(passwordBytes());
  vault.noteOlderCopy(() => {
    restored += 1;
  });
  return restored;
}

/** Opened, written to and locked again. @returns the vault's sequence number */
async function write(count: number): Promise<number> {
  await unlock();
  for (let n = 0; n < count; n++) put(vault.session(), `note ${n}`);
  const sequence = vault.session().sequence();
  vault.lock();
  return sequence;
}

const keep = (name: string) => copyFileSync(vaultPath, `${vaultPath}.${name}`);
const putBack = (name: string) => {
  vault.lock();
  copyFileSync(`${vaultPath}.${name}`, vaultPath);
};
const noted = () =>
  vault
    .session()
    .log()
    .flatMap(({ action, detail }) => (action === 'vault.older-copy' ? [detail] : []));

test('one that was noted goes on, and a second one in its place is noticed', async () => {
  await write(1);
  keep('first');
  const before = await write(5);
  putBack('first');
  expect(await unlock()).toBe(1);
  expect(noted()).toEqual([
    expect.stringMatching(new RegExp(`^the vault was at ${before} before \\(mark [0-9a-f]{8}\\)$`)),
  ]);
  expect(await unlock(), 'not told twice').toBe(1);

  await write(1);
  keep('second');
  const since = await write(1);
  expect(since, 'nobody has accepted the first').toBeLessThan(before);
  expect(restored).toBe(1);
  putBack('second');
  expect(await unlock()).toBe(2);
  expect(noted().at(-1)).toMatch(`the vault was at ${since} before`);
  expect(vault.status().mark).toMatchObject({ finding: 'rolled-back', seen: before });
  expect(await unlock()).toBe(2);
});

test('the vault as it was before the one that was noted is noticed in its place, also where that one has not come as far', async () => {
  await write(1);
  keep('first');
  await write(2);
  keep('between');
  const before = await write(3);
  putBack('first');
  expect(await unlock()).toBe(1);
  putBack('between');
  expect(await unlock()).toBe(2);
  expect(noted()).toEqual([`the vault was at ${before} before`]);
  expect(await unlock(), 'not told twice').toBe(2);
});

test('one that comes back once more is noted once more, and not again by the next unlock', async () => {
  await write(1);
  keep('first');
  await write(5);
  for (const time of [1, 2, 3]) {
    putBack('first');
    expect(await unlock(), 'put back').toBe(time);
    expect(await unlock(), 'and opened again').toBe(time);
    await write(1);
  }
});

test('a second one after the first was accepted is noticed, also where the vault was at the very same number', async () => {
  await write(1);
  keep('first');
  const before = await write(4);
  putBack('first');
  await unlock();
  vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
  await unlock();
  keep('second');
  while (vault.session().sequence() < before) put(vault.session(), 'goes on');
  expect(vault.session().sequence()).toBe(before);
  putBack('second');
  expect(await unlock()).toBe(2);
  expect(new Set(noted()).size).toBe(2);
  expect(await unlock()).toBe(2);
});

test('is noted once where the marks cannot be written, one of them or both', async () => {
  for (const fails of [/\.mark$/, /marks/]) {
    await write(1);
    keep('first');
    await write(5);
    putBack('first');
    const before = restored;
    const stop = intercept((call, run) => {
      if (call.name === 'renameSync' && fails.test(String(call.parameters[1]))) throw new Error('EIO');
      return run();
    });
    expect(await unlock()).toBe(before + 1);
    expect(await unlock()).toBe(before + 1);
    vault.lock();
    stop();
    expect(await unlock()).toBe(before + 1);
  }
});

test('accepting one that was noted leaves alone what was decided since', async () => {
  await write(1);
  keep('first');
  await write(5);
  putBack('first');
  await unlock();
  const heard = { ...notes, restored: () => expect.fail('they have heard of it') };
  vault.repair({ ...heard, backups: [], confirm: 'REPAIR' });
  expect(vault.status().mark).toBeUndefined();
});

test('of a mark that an earlier Rondo wrote, with the highest number only, one is noted and goes on like any', async () => {
  await write(1);
  keep('first');
  const highest = await write(5);
  const paths = vaultPaths(opened.vaultDir, marksDir);
  const world = { paths, random: systemRandom, deriveKey: fixedKey };
  const other = await unlockVault(world, { type: 'password', secret: passwordBytes() });
  const { arena, identity, nextNonce } = other.keys;
  const place = { kind: 'mark', rowId: numberAsRowId(0) } as const;
  const sealing = { content: Uint8Array.of(1), sequence: highest, nonce: nextNonce() };
  tryToMark(paths, sealBlob(arena, identity, place, sealing));
  const marked = () => readMark(other.keys, paths.markPath);
  expect(marked()).toEqual({ sequence: highest, id: expect.any(String) });
  other.file.close();

  putBack('first');
  expect(await unlock()).toBe(1);
  expect(noted()).toEqual([`the vault was at ${highest} before`]);
  expect(marked()).toMatchObject({ sequence: highest, latest: vault.session().sequence() });
  // With what is in the write-ahead log.
  vault.lock();
  keep('second');
  const since = await write(1);
  putBack('second');
  expect(await unlock()).toBe(2);
  expect(noted().at(-1)).toMatch(`the vault was at ${since} before (mark`);
  arena.destroy();
});
