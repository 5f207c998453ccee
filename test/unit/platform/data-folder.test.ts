import { expect, test } from 'vitest';
import { defaultVaultDir } from '../../../main/platform/data-folder.ts';

test.each([
  ['linux', {}, '/home/ada/.local/share/rondo/vault'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/rondo/vault'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/rondo/vault'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/ada/Library/Application Support/Rondo/vault'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Rondo/vault'],
])('On %s with %j the vault is in %s', (platform, environment, vaultDir) => {
  expect(defaultVaultDir({ platform, environment, homeDir: '/home/ada' }).replaceAll('\\', '/')).toBe(vaultDir);
});
