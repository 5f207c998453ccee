import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ClipboardItem, createClipboard } from '../../build/electron-over-chromium/clipboard.ts';
import { browserAt } from './browser-at.ts';
import { appStarter, type RunningApp } from './run-app.ts';

const start = appStarter();
const mark = 'electron application/osclipboard;format="x-kde-passwordManagerHint"';
let toolDir = '';

beforeEach(() => {
  toolDir = mkdtempSync(join(tmpdir(), 'rondo-tools-'));
});
afterEach(() => rmSync(toolDir, { recursive: true, force: true }));

/** A desktop's command, as a script of the test. */
function tool(name: string, script: string): void {
  writeFileSync(join(toolDir, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(toolDir, name), 0o755);
}

describe('clipboard', () => {
  test('without a display is one of this process alone, and takes every format', async () => {
    const clipboard = createClipboard({}, false);
    expect(await clipboard.readText()).toBe('');
    const item = new ClipboardItem({ 'text/plain': 'value', [mark]: Promise.resolve('secret') });
    await clipboard.write([item]);
    expect(await clipboard.readText()).toBe('value');
    expect(item.types).toEqual(['text/plain', mark]);
    expect(await (await item.getType(mark)).text()).toBe('secret');
    await expect(item.getType('image/png')).rejects.toThrow('image/png');
    await clipboard.writeText('other');
    expect(await clipboard.readText()).toBe('other');
    clipboard.clear();
    expect(await clipboard.readText()).toBe('');
  });

  test('with the tool of the desktop carries text through a pipe, and refuses what the tool cannot', async () => {
    const file = join(toolDir, 'selection');
    // As xclip does, it leaves a process behind that holds the selection, and its standard output with it.
    const hold = `(while [ -e ${file} ]; do sleep 0.05; done) &`;
    tool(
      'xclip',
      `case "$3" in -in) echo "$@" > ${file}.args; cat > ${file}; ${hold} ;; -out) cat ${file} 2>/dev/null || { echo 'Error: target STRING not available' >&2; exit 1; };; esac`,
    );
    const clipboard = createClipboard({ PATH: `${toolDir}:/usr/bin:/bin`, DISPLAY: ':9' }, true);
    expect(await clipboard.readText()).toBe('');
    await clipboard.writeText('wörter\n');
    expect([await clipboard.readText(), readFileSync(file, 'utf8')]).toEqual(['wörter\n', 'wörter\n']);
    expect(readFileSync(`${file}.args`, 'utf8')).toBe('-selection clipboard -in\n');
    await expect(clipboard.write([new ClipboardItem({ 'text/plain': 'value', [mark]: 'secret' })])).rejects.toThrow(
      'clipboard.write of more than text is not implemented',
    );
    expect(await clipboard.readText()).toBe('wörter\n');
    await clipboard.write([new ClipboardItem({ 'text/plain': 'value' })]);
    expect(await clipboard.readText()).toBe('value');
    clipboard.clear();
    expect(await clipboard.readText()).toBe('');
    expect(readFileSync(file, 'utf8')).toBe('');
    await clipboard.writeText('next');
    expect(await clipboard.readText()).toBe('next');
  });

  test('with a tool that fails, is not empty: it cannot be read', async () => {
    tool('xclip', `echo "Error: Can't open display: :9" >&2; exit 1`);
    const clipboard = createClipboard({ PATH: `${toolDir}:/usr/bin:/bin`, DISPLAY: ':9' }, true);
    clipboard.clear();
    await expect(clipboard.readText()).rejects.toThrow("Can't open display");
  });

  test('with a tool that clears slowly, is read when that is done', async () => {
    const file = join(toolDir, 'selection');
    writeFileSync(file, 'value');
    const slowly = `case "$1" in --clear) while [ ! -e ${file}.may-clear ]; do sleep 0.01; done; : > ${file};; esac`;
    tool('wl-copy', slowly);
    tool('wl-paste', `touch ${file}.may-clear; cat ${file}`);
    const clipboard = createClipboard({ PATH: `${toolDir}:/usr/bin:/bin`, WAYLAND_DISPLAY: 'w' }, true);
    clipboard.clear();
    const read = clipboard.readText();
    // A reader that does not wait would have let it go on, and read the value.
    expect(existsSync(`${file}.may-clear`)).toBe(false);
    writeFileSync(`${file}.may-clear`, '');
    expect(await read).toBe('');
  });

  test('with a display and no tool refuses, so that nothing seems to be copied', async () => {
    const clipboard = createClipboard({ PATH: toolDir, DISPLAY: ':9' }, true);
    await expect(clipboard.writeText('value')).rejects.toThrow('without xclip, wl-clipboard or pbcopy');
  });
});

describe('the rest of the desktop', () => {
  test('safeStorage, Menu and what is not there', async () => {
    const app = await start();
    const seen = await app.run(`
      const refused = (act) => { try { return act() } catch (error) { return error.message } };
      const menu = Menu.buildFromTemplate([{ role: 'editMenu' }]);
      return [
        await safeStorage.isAsyncEncryptionAvailable(), refused(() => safeStorage.encryptString('x')),
        refused(() => Menu.setApplicationMenu(menu)), refused(() => Menu.setApplicationMenu(null)), refused(() => menu.popup()),
        refused(() => Menu.setApplicationMenu({ items: [] })), refused(() => Menu.buildFromTemplate({ role: 'editMenu' })),
        refused(() => Menu.buildFromTemplate([{ click() {} }])), refused(() => Menu.getApplicationMenu()),
        refused(() => new Notification({})), refused(() => Notification.isSupported()), refused(() => nativeImage.createEmpty()),
        refused(() => new Tray('x')), refused(() => dialog.showOpenDialog({})), refused(() => app.setLoginItemSettings({})),
        refused(() => clipboard.readImage()), refused(() => session.defaultSession.setProxy({})),
        refused(() => ipcMain.whatever), refused(() => session.fromPartition('own')),
      ];`);
    const absent = (name: string) => `${name} is not implemented by the Electron API over Chromium`;
    expect(seen).toEqual([
      ...[false, absent('safeStorage.encryptString'), undefined, undefined, absent('Menu.popup')],
      ...['Invalid menu', 'Invalid template for Menu: Menu template must be an array'],
      ...['Invalid template for MenuItem: must have at least one of label, role or type'],
      ...['Menu.getApplicationMenu', 'Notification', 'Notification', 'nativeImage', 'Tray'].map(absent),
      ...['dialog.showOpenDialog', 'App.setLoginItemSettings', 'clipboard.readImage', 'Session.setProxy'].map(absent),
      ...['IpcMain.whatever', 'session.fromPartition'].map(absent),
    ]);
  });

  test('nativeTheme changes what pages prefer, and tells each change once', async () => {
    const app = await start();
    const seen = await app.run(`
      let updates = 0;
      nativeTheme.on('updated', () => { updates += 1 });
      const { webContents } = await open('<p>');
      const isDark = () => webContents.executeJavaScript("matchMedia('(prefers-color-scheme: dark)').matches");
      const before = [nativeTheme.themeSource, nativeTheme.shouldUseDarkColors, await isDark()];
      nativeTheme.themeSource = 'dark';
      nativeTheme.themeSource = 'dark';
      const dark = [nativeTheme.shouldUseDarkColors, await isDark(), updates];
      const second = await (await open('<p>')).webContents.executeJavaScript("matchMedia('(prefers-color-scheme: dark)').matches");
      nativeTheme.themeSource = 'system';
      return [before, dark, second, nativeTheme.shouldUseDarkColors, await isDark(), updates];`);
    expect(seen).toEqual([['system', false, false], [true, true, 1], true, false, false, 2]);
  });

  test('shell.openExternal hands the address to the desktop', async () => {
    tool('xdg-open', `echo "$1" >> ${join(toolDir, 'opened')}; case "$1" in *refuse*) exit 4;; esac`);
    const app = await start({ env: { PATH: `${toolDir}:${process.env.PATH}` } });
    const seen = await app.run(`
      const refused = (promise) => promise.then(() => 'opened', (error) => error.message);
      return [await refused(shell.openExternal('https://example.com/a?b=1;c')), await refused(shell.openExternal('https://example.com/refuse')),
        await refused(shell.openExternal('--not-an-address'))];`);
    expect(seen).toEqual(['opened', 'Failed to open: xdg-open says 4', expect.stringContaining('Invalid URL')]);
    expect(readFileSync(join(toolDir, 'opened'), 'utf8')).toBe(
      'https://example.com/a?b=1;c\nhttps://example.com/refuse\n',
    );
  });

  test('powerMonitor counts from the last touch of a window', async () => {
    const app = await start();
    const seen = await app.run(`
      let at = performance.now();
      const clock = performance.now.bind(performance);
      const first = powerMonitor.getSystemIdleTime();
      performance.now = () => clock() + 90_000;
      const later = powerMonitor.getSystemIdleTime();
      powerMonitor.noteInput();
      return [first, later >= 90, powerMonitor.getSystemIdleTime()];`);
    expect(seen).toEqual([0, true, 0]);
  });

  test('webContents tells of an event of input, and powerMonitor counts from it', async () => {
    const app = await start({ flags: ['--headless', '--remote-debugging-port=0'] });
    await app.run(`
      state.window = await open('<input autofocus>');
      state.used = new Promise((resolve) => state.window.webContents.once('input-event', (event) => resolve(typeof event)));
      const clock = performance.now.bind(performance);
      performance.now = () => clock() + 90_000;`);
    const [, host] = await app.said(/DevTools listening on ws:\/\/([\d.:]+)/);
    const pages: { webSocketDebuggerUrl: string }[] = Object(await (await fetch(`http://${host}/json/list`)).json());
    await using person = await browserAt(pages[0]?.webSocketDebuggerUrl ?? '');
    await person.ask('Input.dispatchKeyEvent', { type: 'keyDown', key: 'a', code: 'KeyA', text: 'a' });
    expect(await app.run('return [await state.used, powerMonitor.getSystemIdleTime() < 90]')).toEqual(['object', true]);
  });

  test('powerMonitor calls idle whoever was away for the threshold, and cannot tell a locked screen', async () => {
    const app = await start();
    const seen = await app.run(`
      const clock = performance.now.bind(performance);
      powerMonitor.noteInput();
      const states = [powerMonitor.getSystemIdleState(60)];
      performance.now = () => clock() + 90_000;
      states.push(powerMonitor.getSystemIdleState(60), powerMonitor.getSystemIdleState(600));
      for (const threshold of [0, -1]) try { powerMonitor.getSystemIdleState(threshold) } catch (error) { states.push(error.message) }
      return states;`);
    const invalid = 'Invalid idle threshold, must be greater than 0';
    expect(seen).toEqual(['active', 'idle', 'active', invalid, invalid]);
  });
});

describe('a driven app', () => {
  const ask = (app: RunningApp, command: object) =>
    new Promise((resolve) => {
      const id = 4711;
      app.child.on('message', (message: { id?: number }) => {
        if (message.id === id) resolve(message);
      });
      app.child.send({ id, ...command });
    });

  test('hears what a test does to its machine, and only if it was started for that', async () => {
    const app = await start({ flags: ['--headless', '--driven'] });
    await app.run("powerMonitor.on('lock-screen', () => state.log.push('locked'))");
    await ask(app, { emit: 'powerMonitor', event: 'lock-screen' });
    expect(await app.run('return state.log')).toEqual(['locked']);
    await ask(app, { idleSeconds: 600 });
    expect(await app.run('return powerMonitor.getSystemIdleTime()')).toBe(600);
    await ask(app, { clipboard: 'writeText', text: 'from a test' });
    expect(await app.run('return clipboard.readText()')).toBe('from a test');
    expect(await ask(app, { clipboard: 'readText' })).toEqual({ id: 4711, value: 'from a test' });
  });
});
