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

const zoom = {
  label: 'View',
  submenu: [
    { role: 'zoomIn' },
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
  ],
};

test('a Mac gets what its keys for editing, enlarging, hiding and quitting come from, and nothing else', () => {
  showApplicationMenu('darwin');
  expect(menus).toEqual([[{ role: 'appMenu' }, { role: 'editMenu' }, zoom, { role: 'windowMenu' }]]);
});

test.each(['linux', 'win32'] as const)('on %s there are the keys that enlarge the page, and no others', (platform) => {
  showApplicationMenu(platform);
  expect(menus).toEqual([[zoom]]);
});
