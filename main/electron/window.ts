import { BrowserWindow, type Rectangle } from 'electron';
import { pageUrl } from './page-files.ts';

export interface WindowOptions {
  readonly preloadPath: string;
  readonly dark: boolean;
  /** The window that this one replaces. */
  readonly before?: Standing;
}

/** How a window stands among the others: locking must neither bring it back into sight nor take the focus from another. */
export interface Standing {
  /** Where it stands when it is neither maximised nor minimised nor full screen. */
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
  readonly is: 'minimized' | 'behind' | 'focused';
}

export function standingOf(window: BrowserWindow): Standing {
  const is = window.isMinimized() ? 'minimized' : window.isFocused() ? 'focused' : 'behind';
  return { bounds: window.getNormalBounds(), isMaximized: window.isMaximized(), is };
}

/** Room for the rail, the table and the detail pane, as drawn. */
const usual = { width: 1280, height: 820 };

/** Narrower than this, rail and pane fold away; below it nothing fits. */
const least = { minWidth: 480, minHeight: 420 };

const appearing = { minimized: 'minimize', behind: 'showInactive', focused: 'show' } as const;

/** SECURITY: the page is sandboxed, isolated from the preload, without Node, devtools or spell check (which may go online). */
export function openWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...usual,
    ...least,
    ...options.before?.bounds,
    title: 'Rondo',
    show: false,
    autoHideMenuBar: true,
    // The page's own ground in either theme, so that nothing flashes before its first paint.
    backgroundColor: options.dark ? '#14181a' : '#eef1f3',
    webPreferences: {
      preload: options.preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: false,
      spellcheck: false,
    },
  });
  const { is = 'focused', isMaximized = false } = options.before ?? {};
  window.once('ready-to-show', () => {
    // Maximising shows it: one that is minimised stays out of sight, and comes back at its normal size.
    if (isMaximized && is !== 'minimized') window.maximize();
    window[appearing[is]]();
  });
  // Rejects when the window is replaced before its page is there, as by a second lock: the next one takes its place.
  window.loadURL(pageUrl).catch(() => {});
  return window;
}
