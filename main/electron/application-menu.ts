import { Menu } from 'electron';

/**
 * SECURITY: without this Electron brings a menu of its own, with reload and developer tools. Before the app is ready: later
 * that menu is there already.
 */
export function withholdDefaultMenu(): void {
  Menu.setApplicationMenu(null);
}

/**
 * Only a Mac has a menu that is no part of a window, and there the keys for cutting and pasting, hiding and quitting come
 * from it. Elsewhere Chromium has the first by itself and the desktop the others.
 */
export function showApplicationMenu(platform: NodeJS.Platform): void {
  if (platform !== 'darwin') return;
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]));
}
