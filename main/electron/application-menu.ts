import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * SECURITY: without this Electron brings a menu of its own, with reload and developer tools. Before the app is ready: later
 * that menu is there already.
 */
export function withholdDefaultMenu(): void {
  Menu.setApplicationMenu(null);
}

/**
 * Where the keys that enlarge the page come from: Electron has no other. The plus of most keyboards is typed with Shift, so
 * its key is taken without as well.
 */
const zoom: MenuItemConstructorOptions = {
  label: 'View',
  submenu: [
    { role: 'zoomIn' },
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
  ],
};

/**
 * Only a Mac has a menu that is no part of a window, and there the keys for cutting and pasting, hiding and quitting come
 * from it. Elsewhere Chromium has the first by itself and the desktop the others, and the window hides its menu.
 */
export function showApplicationMenu(platform: NodeJS.Platform): void {
  const ofMac: MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }, zoom, { role: 'windowMenu' }];
  Menu.setApplicationMenu(Menu.buildFromTemplate(platform === 'darwin' ? ofMac : [zoom]));
}
