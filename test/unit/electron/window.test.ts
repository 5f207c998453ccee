import type { BrowserWindowConstructorOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { openWindow, type Standing } from '../../../main/electron/window.ts';

const opened = vi.hoisted<BrowserWindowConstructorOptions[]>(() => []);
const shown = vi.hoisted<string[]>(() => []);
vi.mock('electron', () => ({
  BrowserWindow: class {
    constructor(options: BrowserWindowConstructorOptions) {
      opened.push(options);
    }
    once(event: string, listener: () => void) {
      if (event === 'ready-to-show') listener();
    }
    show = () => void shown.push('show');
    showInactive = () => void shown.push('showInactive');
    minimize = () => void shown.push('minimize');
    async loadURL() {}
  },
}));

beforeEach(() => {
  opened.splice(0);
  shown.splice(0);
});

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

test.each<[string, Standing['is'] | undefined, string]>([
  ['the first window is in front', undefined, 'show'],
  ['a window that had the focus keeps it', 'focused', 'show'],
  ['a window behind another takes nobody the focus', 'behind', 'showInactive'],
  ['a minimised window stays so', 'minimized', 'minimize'],
])('%s', (_name, is, act) => {
  const bounds = { x: 7, y: 8, width: 900, height: 600 };
  openWindow({ preloadPath: '/preload.cjs', dark: true, ...(is === undefined ? {} : { before: { bounds, is } }) });
  expect(shown).toEqual([act]);
  expect(opened[0]).toMatchObject(is === undefined ? { width: 1280, height: 820 } : bounds);
});
