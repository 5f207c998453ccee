import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { besides, otherVault } from '../../../main/electron/second-start.ts';
import { vaultFileName } from '../../../shared/vault-files.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rondo-second-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function vault(name: string): string {
  mkdirSync(join(dir, name));
  writeFileSync(join(dir, name, vaultFileName), '');
  return join(dir, name);
}

test('a second start wants another vault where its folder holds another file', () => {
  const shown = vault('shown');
  const other = vault('other');
  symlinkSync(shown, join(dir, 'link'));
  expect(otherVault({ vaultDir: other }, shown)).toBe(other);
  expect(otherVault({ vaultDir: shown }, shown)).toBeUndefined();
  expect(otherVault({ vaultDir: join(dir, 'link') }, shown), 'by another name').toBeUndefined();
});

test('before a vault is made, it is told by its name', () => {
  expect(otherVault({ vaultDir: join(dir, 'a') }, join(dir, 'b'))).toBe(join(dir, 'a'));
  expect(otherVault({ vaultDir: join(dir, 'a') }, join(dir, 'a'))).toBeUndefined();
});

test.each([undefined, null, {}, [], 'x', { vaultDir: 3 }])('what is no message of ours wants nothing: %j', (told) => {
  expect(otherVault(told, '/shown')).toBeUndefined();
});

test('what was wanted before is forgotten with the next start', () => {
  const door = { core: 'ready', lockedBecause: 'start', wrongTries: 0, version: '1', runtime: 'r' } as const;
  expect(besides('/other', door)).toEqual({ ...door, otherVault: '/other' });
  expect(besides(undefined, { ...door, otherVault: '/other' })).toEqual(door);
});
