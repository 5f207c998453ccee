import type { BrowserWindowConstructorOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { openWindow, type Standing } from '../../../main/electron/window.ts';

const opened = vi.hoisted<BrowserWindowConstructorOptions[]>(() => []);
const shown = vi.hoisted<string[]>(() => []);
const loading = vi.hoisted(() => ({ fails: false }));
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
    maximize = () => void shown.push('maximize');
    async loadURL() {
      if (loading.fails) throw new Error('the window is gone');
    }
  },
}));

beforeEach(() => {
  loading.fails = false;
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

const bounds = { x: 7, y: 8, width: 900, height: 600 };

test.each<[string, Omit<Standing, 'bounds'> | undefined, string[]]>([
  ['the first window is in front', undefined, ['show']],
  ['a window that had the focus keeps it', { is: 'focused', isMaximized: false }, ['show']],
  ['a window behind another takes nobody the focus', { is: 'behind', isMaximized: false }, ['showInactive']],
  ['a minimised window stays so', { is: 'minimized', isMaximized: false }, ['minimize']],
  // Maximising would show it.
  ['a minimised window that was maximised stays minimised', { is: 'minimized', isMaximized: true }, ['minimize']],
  ['a maximised window stays so', { is: 'focused', isMaximized: true }, ['maximize', 'show']],
])('%s', (_name, before, acts) => {
  openWindow({ preloadPath: '/preload.cjs', dark: true, ...(before && { before: { bounds, ...before } }) });
  expect(shown).toEqual(acts);
  expect(opened[0]).toMatchObject(before === undefined ? { width: 1280, height: 820 } : bounds);
});

test('a window that is replaced while its page still loads ends nothing', async () => {
  const unhandled: unknown[] = [];
  const listen = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', listen);
  try {
    loading.fails = true;
    openWindow({ preloadPath: '/preload.cjs', dark: true });
    // Node tells of a rejection that nobody handles before the next turn of its loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', listen);
  }
});
