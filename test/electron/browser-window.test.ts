import { describe, expect, test } from 'vitest';
import { browserAt, desktopAround } from './browser-at.ts';
import { appStarter, fixture } from './run-app.ts';

const start = appStarter();

describe('BrowserWindow', () => {
  test('refuses every option that would make it weaker, and every one that it does not know', async () => {
    const app = await start();
    const messages = await app.run(`
      const attempt = (options) => { try { new BrowserWindow(options).destroy(); return 'made' } catch (error) { return error.message } };
      app.on('window-all-closed', () => {});
      const weak = { contextIsolation: false, sandbox: false, nodeIntegration: true, webSecurity: false, webviewTag: true,
        devTools: true, nodeIntegrationInWorker: true, allowRunningInsecureContent: true, enableBlinkFeatures: 'X', partition: 'own' };
      return [
        ...Object.entries(weak).map(([name, value]) => attempt({ webPreferences: { [name]: value } })),
        attempt({ kiosk: true }),
        attempt({ title: 't', width: 300, height: 200, minWidth: 1, minHeight: 1, show: false, backgroundColor: '#123', autoHideMenuBar: true,
          webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false,
          webSecurity: true, devTools: false, spellcheck: false } }),
      ];`);
    const refused = expect.stringMatching(/is not implemented by the Electron API over Chromium$/);
    expect(messages).toEqual([...Array.from({ length: 11 }, () => refused), 'made']);
  });

  test('needs an app that is ready', async () => {
    const app = await start({ app: fixture('early.js') });
    const told = await app.told();
    expect(told).toEqual({
      window: 'Cannot create BrowserWindow before app is ready',
      process: 'utilityProcess cannot be created before app is ready.',
    });
  });

  test('tells ready-to-show once, did-finish-load for each page, close and closed at its end', async () => {
    const app = await start();
    const seen = await app.run(`
      app.on('window-all-closed', () => {});
      const window = new BrowserWindow({ show: false });
      const contents = window.webContents;
      const names = [];
      for (const name of ['ready-to-show', 'close', 'closed']) window.on(name, () => names.push(name));
      for (const name of ['did-finish-load', 'destroyed']) contents.on(name, () => names.push(name));
      state.pages['/index.html'] = '<p>one'; state.pages['/two.html'] = '<p>two';
      const shown = new Promise((resolve) => window.once('ready-to-show', resolve));
      await window.loadURL('app://test/index.html');
      await shown;
      window.show();
      await window.loadURL('app://test/two.html');
      window.once('close', (event) => event.preventDefault());
      window.close();
      const kept = !window.isDestroyed();
      window.close();
      return [kept, window.isDestroyed(), contents.isDestroyed(), names.filter((n) => n !== 'ready-to-show'),
        names.filter((n) => n === 'ready-to-show').length];`);
    expect(seen).toEqual([
      ...[true, true, true],
      ['did-finish-load', 'did-finish-load', 'close', 'close', 'destroyed', 'closed'],
      1,
    ]);
  });

  test('knows itself: ids and all windows', async () => {
    const app = await start();
    const seen = await app.run(`
      const created = [];
      app.on('web-contents-created', (_event, contents) => created.push(contents.id));
      const one = await open('<p>');
      const two = new BrowserWindow();
      const all = BrowserWindow.getAllWindows();
      two.destroy();
      return [all.length, one.id !== two.id, created.length, BrowserWindow.getAllWindows().length,
        one instanceof BrowserWindow];`);
    expect(seen).toEqual([2, true, 2, 1, true]);
  });

  test('has the size and place that it is given', async () => {
    const app = await start();
    const seen = await app.run(`
      const window = await open('<p>', { x: 30, y: 40, width: 640, height: 480, minWidth: 400, minHeight: 300 });
      return [window.getNormalBounds(), await window.webContents.executeJavaScript('[outerWidth, outerHeight]')];`);
    expect(seen).toEqual([{ x: 30, y: 40, width: 640, height: 480 }, [640, 480]]);
  });

  test('is minimised where somebody else did that, and no longer where they brought it back', async () => {
    const app = await start({ flags: ['--headless', '--remote-debugging-port=0'] });
    await app.run("state.window = await open('<p>')");
    const [, address = ''] = await app.said(/DevTools listening on (ws:\S+)\s/);
    // In the place of the desktop.
    await using browser = await browserAt(address);
    const desktop = desktopAround(browser);
    const isMinimized = () => app.run('return state.window.isMinimized()');
    await desktop.setState('minimized');
    await expect.poll(isMinimized).toBe(true);
    await desktop.setState('normal');
    await expect.poll(isMinimized).toBe(false);
    await desktop.setState('minimized');
    await expect.poll(isMinimized).toBe(true);
    await app.run('state.window.restore()');
    await expect.poll(desktop.state).toBe('normal');
    expect(await isMinimized()).toBe(false);
  });

  test('is maximised where the app or somebody else did that, and knows where it stood', async () => {
    const app = await start({ flags: ['--headless', '--remote-debugging-port=0'] });
    const stands = () => app.run('return [state.window.isMaximized(), state.window.getNormalBounds()]');
    const usual = { x: 30, y: 40, width: 640, height: 480 };
    await app.run(`state.window = await open('<p>', ${JSON.stringify(usual)})`);
    const [, address = ''] = await app.said(/DevTools listening on (ws:\S+)\s/);
    await using browser = await browserAt(address);
    const desktop = desktopAround(browser);
    expect(await app.run('state.window.maximize(); return state.window.isMaximized()')).toBe(true);
    await expect.poll(desktop.state).toBe('maximized');
    expect(await app.run('state.window.show(); return state.window.isMaximized()'), 'by show').toBe(true);
    await desktop.setState('normal');
    await expect.poll(stands).toEqual([false, usual]);
    await desktop.setState('maximized');
    await expect.poll(stands).toEqual([true, usual]);
  });

  test('is not minimised where its page is only hidden, as on a desktop that is not shown', async () => {
    const app = await start({ flags: ['--headless', '--remote-debugging-port=0'] });
    await app.run("state.window = await open('<p>')");
    const [, host] = await app.said(/DevTools listening on ws:\/\/([\d.:]+)/);
    const pages: { webSocketDebuggerUrl: string }[] = Object(await (await fetch(`http://${host}/json/list`)).json());
    await using asked = await browserAt(pages[0]?.webSocketDebuggerUrl ?? '');
    const inPage = (code: string) => app.run(`return state.window.webContents.executeJavaScript('${code}')`);
    // Freezing hides it, and what thaws stays hidden.
    for (const state of ['frozen', 'active']) await asked.ask('Page.setWebLifecycleState', { state });
    await expect.poll(() => inPage('document.hidden')).toBe(true);
    // By its answer the app knows that it is hidden, and has asked the browser how the window stands.
    await inPage('1');
    expect(await app.run('return state.window.isMinimized()')).toBe(false);
  });

  test('minimises and restores by its own account', async () => {
    const app = await start();
    const seen = await app.run(`
      const window = await open('<p>');
      return [...['minimize', 'restore', 'focus', 'minimize', 'show', 'minimize', 'showInactive'].map((act) => {
        window[act]();
        return [act, window.isMinimized()];
      }), typeof window.isFocused()];`);
    expect(seen).toEqual([
      ['minimize', true],
      ['restore', false],
      ['focus', false],
      ['minimize', true],
      ['show', false],
      ['minimize', true],
      ['showInactive', false],
      'boolean',
    ]);
  });

  test('showInactive brings a window not in front; show does', async () => {
    const app = await start();
    const seen = await app.run(`
      const asked = [];
      const window = new BrowserWindow({ show: false });
      window.focus = () => asked.push('front');
      await window.loadURL('data:text/html,<p>');
      window.showInactive();
      const shown = [...asked];
      window.show();
      return [shown, asked];`);
    expect(seen).toEqual([[], ['front']]);
  });

  test('executeJavaScript runs in the page and answers with clones and reasons', async () => {
    const app = await start();
    const seen = await app.run(`
      const { webContents } = await open('<script>own = new Map([[1, 2n]])</script>');
      const failure = (code) => webContents.executeJavaScript(code).catch((error) => error?.message ?? error);
      return [await webContents.executeJavaScript('own'), await webContents.executeJavaScript('Promise.resolve([undefined, NaN, -0])'),
        await webContents.executeJavaScript('undefined'), await webContents.executeJavaScript('-0'), await webContents.executeJavaScript('2n ** 70n'),
        await failure('throw new Error("x")'), await failure('Promise.reject(new Error("later"))'), await failure('Promise.reject("text")'),
        await failure('() => {}'), await webContents.executeJavaScript('navigator.userActivation.isActive'),
        await webContents.executeJavaScript('navigator.userActivation.isActive', true)];`);
    expect(seen).toStrictEqual([
      new Map([[1, 2n]]),
      [undefined, Number.NaN, -0],
      undefined,
      -0,
      2n ** 70n,
      'Script failed to execute, this normally means an error was thrown. Check the renderer console for the error.',
      'later',
      'text',
      'An object could not be cloned.',
      false,
      true,
    ]);
  });

  test('what is not there says its name', async () => {
    const app = await start();
    const seen = await app.run(`
      const window = await open('<p>');
      const { webContents } = window;
      const refused = (act) => { try { act(); return 'fine' } catch (error) { return error.message } };
      return [refused(() => window.setKiosk), refused(() => webContents.print), refused(() => webContents.openDevTools()),
        refused(() => webContents.capturePage()), refused(() => BrowserWindow.fromId(1)),
        refused(() => webContents.mainFrame.frames), refused(() => shell.openExternal('app://x', { activate: false })),
        await window.loadURL('app://test/', { userAgent: 'x' }).catch((error) => error.message)];`);
    const names = [
      'BrowserWindow.setKiosk',
      'WebContents.print',
      'WebContents.openDevTools',
      'WebContents.capturePage',
    ];
    const others = [
      'BrowserWindow.fromId',
      'WebFrameMain.frames',
      'shell.openExternal with options',
      'webContents.loadURL with options',
    ];
    expect(seen).toEqual(
      [...names, ...others].map((name) => `${name} is not implemented by the Electron API over Chromium`),
    );
  });

  test('a preload that fails is told by preload-error, and the page comes without it', async () => {
    const app = await start();
    const seen = await app.run(`
      const fs = require('node:fs');
      const path = require('node:os').tmpdir() + '/preload.cjs';
      fs.writeFileSync(path, 'throw new Error("preload went wrong")');
      const window = new BrowserWindow({ webPreferences: { preload: path } });
      const told = new Promise((resolve) => window.webContents.once('preload-error', (_event, _path, error) => resolve(error.message)));
      state.pages['/index.html'] = '<p>';
      await window.loadURL('app://test/index.html');
      fs.writeFileSync(path, 'not (javascript');
      const refused = (() => { try { new BrowserWindow({ webPreferences: { preload: path } }) } catch (error) { return error.name } })();
      return [await told, await window.webContents.executeJavaScript('typeof bridge'), refused];`);
    expect(seen).toEqual(['preload went wrong', 'undefined', 'SyntaxError']);
  });
});

describe('the way in for tests', () => {
  test('is open only when the runner is told so, and says where it is', async () => {
    const app = await start({ flags: ['--headless', '--remote-debugging-port=0'] });
    await app.run("await open('<title>Seen from outside</title>')");
    const [, port] = await app.said(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/);
    const pages = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    expect(pages).toMatchObject([{ type: 'page', title: 'Seen from outside' }]);

    const closed = await start();
    const flags = await closed.run(`
      await open('<p>');
      return require('node:child_process').execFileSync('ps', ['-eo', 'args']).toString().split('\\n')
        .filter((line) => line.includes('-' + process.pid + '-') && line.includes('remote-debugging-port')).length;`);
    expect(flags).toBe(0);
    expect(closed.errors()).not.toContain('DevTools listening');
  });
});
