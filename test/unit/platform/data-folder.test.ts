import { expect, test } from 'vitest';
import { defaultVaultDir, marksDirOf } from '../../../main/platform/data-folder.ts';

test.each([
  ['linux', {}, '/home/ada/.local/share/rondo/vault'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/rondo/vault'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/rondo/vault'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/ada/Library/Application Support/Rondo/vault'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Rondo/vault'],
])('On %s with %j the vault is in %s', (platform, environment, vaultDir) => {
  expect(defaultVaultDir({ platform, environment, homeDir: '/home/ada' }).replaceAll('\\', '/')).toBe(vaultDir);
});

test.each([
  ['linux', {}, '/home/ada/.local/state/rondo/marks'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/rondo/marks'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/ada/.local/state/rondo/marks'],
  ['darwin', {}, '/home/ada/Library/Application Support/Rondo/marks'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Rondo/marks'],
])('On %s with %j the second marks are in %s', (platform, environment, marksDir) => {
  const machine = { platform, environment, homeDir: '/home/ada' };
  expect(marksDirOf(machine).replaceAll('\\', '/')).toBe(marksDir);
  expect(marksDirOf(machine)).not.toContain(defaultVaultDir(machine));
});
