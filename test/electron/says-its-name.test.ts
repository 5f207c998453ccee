import { EventEmitter, once } from 'node:events';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createApi } from '../../build/electron-over-chromium/api.ts';
import { preventable } from '../../build/electron-over-chromium/unimplemented.ts';
import { appStarter } from './run-app.ts';

/*
 * Whatever Electron has and the stand-in does not must not seem to be there: an event that never comes, a property that
 * nobody reads, a menu item that does nothing, a switch that no browser gets.
 */

const start = appStarter();
const entry = { modulePath: '', name: 'Electron', version: '45' };
const api = createApi({
  ...{ entry, argv: [], executable: '', isHeadless: true, hasDebuggingPort: false, processInfo: {} },
});
const { app, powerMonitor } = api;
const absent = (name: string) => `${name} is not implemented by the Electron API over Chromium`;

/** What the API says of it. */
function refusal(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

const listening = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'] as const;

test.each(listening)('nobody waits by %s for an event that never comes', (method) => {
  expect(refusal(() => app[method]('gpu-info-update', () => {}))).toBe(absent("the event 'gpu-info-update' of App"));
  expect(app.listenerCount('gpu-info-update')).toBe(0);
  expect(app[method]('ready', () => {})).toBe(app);
  app.removeAllListeners('ready');
});

test('nor by the language: Node waits for one event and for `error`', async () => {
  await expect(once(powerMonitor, 'shutdown')).rejects.toThrow(absent("the event 'shutdown' of PowerMonitor"));
  const suspended = once(powerMonitor, 'suspend');
  powerMonitor.emit('suspend');
  expect(await suspended).toEqual([]);
});

test.each([
  ['IpcMain', api.ipcMain, 'rondo:call'],
  ['NativeTheme', api.nativeTheme, 'changed'],
  ['Session', Reflect.get(Object(api.session), 'defaultSession'), 'preconnect'],
])('%s tells only what it can', (name, emitter, event) => {
  if (!(emitter instanceof EventEmitter)) throw new Error('that is no emitter');
  expect(refusal(() => emitter.on(event, () => {}))).toBe(absent(`the event '${event}' of ${name}`));
});

test('no property is set that nobody reads', () => {
  const set = (object: unknown, key: string) => refusal(() => Reflect.set(Object(object), key, 1));
  expect(set(app, 'applicationMenu')).toBe(absent('App.applicationMenu'));
  expect(set(api.nativeTheme, 'themeSorce')).toBe(absent('NativeTheme.themeSorce'));
  expect(set(api.shell, 'beep')).toBe(absent('shell.beep'));
  expect(set(api.Tray, 'image')).toBe(absent('Tray'));
  expect(set(api, 'net2')).toBe(absent('electron.net2'));
  expect(refusal(() => Reflect.set(preventable({}), 'returnValue', 1))).toBe(absent('Event.returnValue'));
  // Those that are there are set as ever.
  Reflect.set(Object(api.nativeTheme), 'themeSource', 'dark');
  expect(Reflect.get(Object(api.nativeTheme), 'themeSource')).toBe('dark');
});

test.each([
  [{ role: 'quit' }, 'the MenuItem role quit'],
  [{ label: 'Quit', click() {} }, 'MenuItem.click'],
  [{ type: 'separator' }, 'MenuItem.type'],
  [{ label: 'View', submenu: [{ role: 'toggleDevTools' }] }, 'the MenuItem role toggleDevTools'],
  [{ role: 'zoomOut', accelerator: 'F7' }, 'the MenuItem accelerator F7'],
])('a menu item that would do nothing is refused: %j', (item, name) => {
  const build: unknown = Reflect.get(Object(api.Menu), 'buildFromTemplate');
  if (typeof build !== 'function') throw new Error('there is no such function');
  expect(refusal(() => build([item]))).toBe(absent(name));
});

test('a switch that no browser here gets is refused, and so is another value of one that they get', () => {
  const { commandLine } = app;
  const refused = (name: string, value?: string) => refusal(() => commandLine.appendSwitch(name, value));
  expect(refused('js-flags', '--jitless')).toBe(absent("app.commandLine.appendSwitch('js-flags', '--jitless')"));
  expect(refused('mute-audio')).toBe(absent("app.commandLine.appendSwitch('mute-audio', '')"));
  expect(refused('toString')).toBe(absent("app.commandLine.appendSwitch('toString', '')"));
  expect(refused('host-resolver-rules', 'MAP * 127.0.0.1')).toContain('is not implemented');
  expect(refusal(() => commandLine.getSwitchValue('vault'))).toBe(absent("app.commandLine.getSwitchValue('vault')"));
  expect(commandLine.getSwitchValue('host-resolver-rules')).toBe('');
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  expect(commandLine.getSwitchValue('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
});

test('a module that Electron has not is missing by name, however it is asked for', async () => {
  const app = await start();
  const seen = await app.run(`
    const refused = async (act) => { try { return await act() } catch (error) { return error.message } };
    const required = require('electron');
    return [
      await refused(() => required.nosuch), await refused(() => required.default), await refused(() => electron.default.nosuch),
      await refused(() => import('data:text/javascript,' + encodeURIComponent("import { nosuch } from 'electron'"))),
      required.app === app && electron.app === app && electron.default === required,
    ];`);
  expect(seen).toEqual([
    absent('electron.nosuch'),
    absent('electron.default'),
    absent('electron.nosuch'),
    expect.stringContaining("'nosuch'"),
    true,
  ]);
});

test('what the language and tools look for on anything is answered as by any object', async () => {
  for (const part of [api, app, api.shell, api.Tray, api.BrowserWindow, preventable({})]) {
    expect(inspect(part)).not.toBe('');
    expect(await Promise.resolve(part)).toBe(part);
    expect(Object.prototype.toString.call(part)).toMatch(/^\[object /);
    expect(refusal(() => Reflect.get(Object(part), 'toJSON'))).toBeUndefined();
  }
});
