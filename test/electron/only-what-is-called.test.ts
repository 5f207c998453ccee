import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createApi } from '../../build/electron-over-chromium/api.ts';
import { BrowserWindow } from '../../build/electron-over-chromium/browser-window.ts';
import { createSchemes } from '../../build/electron-over-chromium/protocol.ts';
import { Session } from '../../build/electron-over-chromium/session.ts';
import { UtilityProcess } from '../../build/electron-over-chromium/utility-process.ts';
import { WebContents } from '../../build/electron-over-chromium/web-contents.ts';

/*
 * The stand-in implements what Rondo calls and nothing else. What it has of each of Electron's classes, by Electron's own
 * types, is held against what the app's main process says. By name alone: a `read` of anything excuses every `read`.
 */

/** What is there although Rondo does not call it. */
const excused: Readonly<Record<string, string>> = {
  'BrowserWindow.getAllWindows': "the window tests' doubles find the window by it, on both runtimes",
  'CommandLine.getSwitchValue': 'the window tests read by it what the app has set, on both runtimes',
  'WebContents.executeJavaScript': "how the stand-in's own tests look into a page",
  'WebContents.mainFrame': 'what `event.senderFrame` is',
  'App.isReady': 'what the order of calls is held to',
};

const declared = readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8');

/** The members of one of Electron's classes, and of what it extends. */
function membersOf(className: string): readonly string[] {
  const head = String.raw`^  (?:class|interface) ${className}(?: extends (?:Electron\.)?(\w+))?[^{]*\{$([\s\S]*?)^  \}$`;
  const [, base, body = ''] = new RegExp(head, 'm').exec(declared) ?? [];
  const own = [...body.matchAll(/^ {4}(?:static |readonly )*(\w+)[?(:<]/gm)].map(([, name = '']) => name);
  return [...own, ...(base === undefined || base === 'EventEmitter' ? [] : membersOf(base))];
}

/** Every name of an object and its classes. */
function namesOf(value: object | null): string[] {
  if (value === null || value === Object.prototype || value === Function.prototype) return [];
  const own = Object.getOwnPropertyNames(value).filter((name) => !(name in EventEmitter.prototype));
  return [...own, ...namesOf(Object.getPrototypeOf(value))];
}

const rooms = ['main/electron/', 'main/core-process/'];
const main = rooms
  .map((room) => fileURLToPath(new URL(`../../${room}`, import.meta.url)))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => folder + name),
  )
  .map((path) => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, ''))
  .join('\n');
/** Also as a word of its own: that is how a type picks from Electron's, and how a name is taken out of its object. */
const isCalled = (name: string) => new RegExp(String.raw`(?:\.|'|\{ )${name}\b`).test(main);

const start = { argv: [], executable: '', isHeadless: true, hasDebuggingPort: false, processInfo: {} };
const api = createApi({ ...start, entry: { modulePath: '', name: 'Electron', version: '45' } });
const session = new Session(createSchemes(() => false));
const object = (value: unknown) => Object(value) as object;

const implemented: Readonly<Record<string, readonly object[]>> = {
  App: [api.app],
  CommandLine: [api.app.commandLine],
  BrowserWindow: [BrowserWindow.prototype, object(api.BrowserWindow)],
  WebContents: [WebContents.prototype],
  Session: [session],
  WebRequest: [session.webRequest],
  Protocol: [session.protocol],
  IpcMain: [object(api.ipcMain)],
  NativeTheme: [object(api.nativeTheme)],
  PowerMonitor: [api.powerMonitor],
  UtilityProcess: [UtilityProcess.prototype, object(api.utilityProcess)],
  Clipboard: [api.clipboard],
  ClipboardItem: [object(api.ClipboardItem)],
  Dialog: [object(api.dialog)],
  Shell: [object(api.shell)],
  SafeStorage: [object(api.safeStorage)],
  Menu: [object(api.Menu)],
};

test.each(Object.entries(implemented))('of %s there is what Rondo calls', (className, parts) => {
  const electrons = membersOf(className);
  expect(electrons).not.toEqual([]);
  const own = [...new Set(parts.flatMap(namesOf))].filter((name) => electrons.includes(name));
  expect(own.filter((name) => !isCalled(name) && !(`${className}.${name}` in excused))).toEqual([]);
});

test('every excuse is for something that is there, and that Rondo does not call', () => {
  const idle = Object.keys(excused).filter((excuse) => {
    const [className = '', name = ''] = excuse.split('.');
    return isCalled(name) || !(implemented[className] ?? []).flatMap(namesOf).includes(name);
  });
  expect(idle).toEqual([]);
});
