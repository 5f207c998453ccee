import { App } from './app.ts';
import type { AppEntry } from './app-entry.ts';
import { BrowserWindow, type WindowHost } from './browser-window.ts';
import { type Clipboard, ClipboardItem, createClipboard } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { IpcMain } from './ipc-main.ts';
import { createMenuClass, safeStorage } from './menu.ts';
import { NativeTheme } from './native-theme.ts';
import { whyNoWindow } from './no-window.ts';
import { PowerMonitor } from './power-monitor.ts';
import { createSchemes } from './protocol.ts';
import { Session } from './session.ts';
import { shell } from './shell.ts';
import { absent, named, preventable } from './unimplemented.ts';
import { type ForkOptions, UtilityProcess } from './utility-process.ts';

export interface ApiOptions {
  readonly entry: AppEntry;
  readonly argv: readonly string[];
  readonly executable: string;
  readonly isHeadless: boolean;
  readonly hasDebuggingPort: boolean;
  readonly processInfo: Readonly<Record<string, unknown>>;
}

/** What Electron's main process has besides: each can be imported, and says its name when it is used. */
const absentNames = [
  ...[
    'BaseWindow',
    'BrowserView',
    'ImageView',
    'MenuItem',
    'MessageChannelMain',
    'Notification',
    'ShareMenu',
    'TouchBar',
    'Tray',
    'View',
  ],
  ...['WebContentsView', 'autoUpdater', 'contentTracing', 'crashReporter', 'desktopCapturer', 'globalShortcut'],
  ...[
    'inAppPurchase',
    'nativeImage',
    'net',
    'netLog',
    'powerSaveBlocker',
    'pushNotifications',
    'screen',
    'systemPreferences',
  ],
  ...['webContents', 'webFrameMain'],
];

/** Everything that `electron` exports, by name; the types are given where our own code reads them. */
export type Api = Readonly<Record<string, unknown>> & {
  readonly app: App;
  readonly powerMonitor: PowerMonitor;
  readonly clipboard: Clipboard;
};

/** The one place that connects the parts. */
export function createApi(options: ApiOptions): Api {
  const windows = new Map<number, BrowserWindow>();
  const app = new App({ ...options.entry, argv: options.argv, windows });
  const schemes = createSchemes(() => app.isReady());
  const defaultSession = new Session(schemes);
  const ipcMain = new IpcMain();
  const nativeTheme = new NativeTheme();
  const powerMonitor = new PowerMonitor();

  const host: WindowHost = {
    ...options,
    ...{ session: defaultSession, schemes, ipcMain, windows, theme: nativeTheme, power: powerMonitor },
    isReady: () => app.isReady(),
    created({ webContents }) {
      app.emit('web-contents-created', preventable({}), webContents);
      webContents.on('render-process-gone', (event, details) => {
        app.emit('render-process-gone', event, webContents, details);
      });
    },
    cannotOpen: (how) => app.failed(whyNoWindow({ ...options, how, env: process.env })),
    closed: () => app.windowClosed(),
  };

  class HostedWindow extends BrowserWindow {
    constructor(raw?: Readonly<Record<string, unknown>>) {
      super(host, raw);
    }

    static getAllWindows(): BrowserWindow[] {
      return [...windows.values()];
    }
  }
  Object.defineProperty(HostedWindow, 'name', { value: 'BrowserWindow' });

  return named('electron', {
    ...Object.fromEntries(absentNames.map((name) => [name, absent(name)])),
    ...{
      app,
      dialog,
      ipcMain,
      nativeTheme,
      powerMonitor,
      safeStorage,
      shell,
      ClipboardItem,
    },
    BrowserWindow: named('BrowserWindow', HostedWindow),
    Menu: createMenuClass(),
    clipboard: createClipboard(process.env, !options.isHeadless),
    protocol: defaultSession.protocol,
    session: named('session', { defaultSession }),
    utilityProcess: named('utilityProcess', {
      fork(modulePath: string, args: readonly string[] = [], forkOptions: ForkOptions = {}) {
        if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
        return new UtilityProcess(modulePath, args, forkOptions);
      },
    }),
  });
}
