import { beforeEach, expect, test, vi } from 'vitest';
import { showApplicationMenu, withholdDefaultMenu } from '../../../main/electron/application-menu.ts';

const menus = vi.hoisted<unknown[]>(() => []);
vi.mock('electron', () => ({
  Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: (menu: unknown) => menus.push(menu) },
}));
beforeEach(() => void menus.splice(0));

test("Electron's own menu, which can reload and has developer tools, never comes up", () => {
  withholdDefaultMenu();
  expect(menus).toEqual([null]);
});

test('a Mac gets what its keys for editing, hiding and quitting come from, and no menu of views', () => {
  showApplicationMenu('darwin');
  expect(menus).toEqual([[{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]]);
});

test.each(['linux', 'win32'] as const)('on %s no menu takes the place of none', (platform) => {
  showApplicationMenu(platform);
  expect(menus).toEqual([]);
});
