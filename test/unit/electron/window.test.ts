import type { BrowserWindowConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { openWindow } from '../../../main/electron/window.ts';

const opened = vi.hoisted<BrowserWindowConstructorOptions[]>(() => []);
vi.mock('electron', () => ({
  BrowserWindow: class {
    constructor(options: BrowserWindowConstructorOptions) {
      opened.push(options);
    }
    once() {}
    async loadURL() {}
  },
}));

test('every page is sandboxed and isolated, without Node, devtools or anything that goes online', () => {
  openWindow({ preloadPath: '/preload.cjs', dark: true });
  // All of them, so that one that is added later is looked at here.
  expect(opened[0]?.webPreferences).toStrictEqual({
    preload: '/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    devTools: false,
    spellcheck: false,
  });
});
