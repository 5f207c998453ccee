import { describe, expect, test } from 'vitest';
import { appStarter } from './run-app.ts';

const start = appStarter();
const page = (code: string) => `(await open('<p>')).webContents.executeJavaScript(${JSON.stringify(code)})`;

describe('ipcMain and ipcRenderer', () => {
  test('carry structured clones both ways', async () => {
    const app = await start();
    const value = `({
      when: new Date(5), map: new Map([[{ a: 1 }, new Set([undefined, 2n])]]), bytes: new Uint8Array([9, 0, 255]),
      nothing: undefined, not: NaN, nested: [{ deep: [-0] }], text: '\\ud800 \\u2028 </script>',
    })`;
    // From the page to main and back: the page itself says what it got.
    const seen = await app.run(`return await ${page(`bridge.invoke('echo', ${value})`)}`);
    const expected: unknown = {
      when: new Date(5),
      map: new Map([[{ a: 1 }, new Set([undefined, 2n])]]),
      bytes: new Uint8Array([9, 0, 255]),
      nothing: undefined,
      not: Number.NaN,
      nested: [{ deep: [-0] }],
      text: '\ud800 \u2028 </script>',
    };
    expect(seen).toStrictEqual(expected);
    // In main it is the same.
    const inMain = await app.run(`
      return await new Promise(async (resolve) => {
        ipcMain.handle('take', (_event, ...args) => resolve(args));
        await ${page(`bridge.invoke('take', ${value}, 2)`)};
      });`);
    expect(inMain).toStrictEqual([expected, 2]);
  });

  test('carry a megabyte of bytes whole', async () => {
    const app = await start();
    const sum = await app.run(
      `return await ${page(`bridge.invoke('echo', new Uint8Array(1 << 20).fill(7)).then((b) => b.reduce((a, n) => a + n, 0))`)}`,
    );
    expect(sum).toBe(7 * 2 ** 20);
  });

  test('of an error only the message crosses, in the words of Electron', async () => {
    const app = await start();
    const messages = await app.run(`
      ipcMain.handle('fail', () => { throw Object.assign(new TypeError('went wrong'), { code: 'SECRET' }) });
      ipcMain.handle('unsendable', () => ({ f() {} }));
      const { webContents } = await open('<p>');
      const failure = (channel, arg = '') => webContents.executeJavaScript(
        \`(async () => bridge.invoke('\${channel}', \${arg}))().then(() => 'fine', (e) => [e.message, e.code, e.constructor.name])\`);
      return [await failure('fail'), await failure('nobody'), await failure('unsendable'), await failure('echo', 'Symbol()')];`);
    expect(messages).toEqual([
      ["Error invoking remote method 'fail': TypeError: went wrong", undefined, 'Error'],
      ["Error invoking remote method 'nobody': Error: No handler registered for 'nobody'", undefined, 'Error'],
      ["Error invoking remote method 'unsendable': Error: An object could not be cloned.", undefined, 'Error'],
      ['An object could not be cloned.', undefined, 'Error'],
    ]);
  });

  test('handle takes one handler for a channel', async () => {
    const app = await start();
    const result = await app.run(`
      let second = '';
      try { ipcMain.handle('echo', () => {}) } catch (error) { second = error.message }
      return [second, await ${page("bridge.invoke('echo', 'first')")}];`);
    expect(result).toEqual(["Attempted to register a second handler for 'echo'", 'first']);
  });

  test('event.sender is the page that asked; send reaches it in order', async () => {
    const app = await start();
    const heard = await app.run(`
      const window = await open('<p>');
      await new Promise((resolve) => {
        ipcMain.handle('hello', (event) => {
          event.sender.send('told', 'asked', event.sender === window.webContents);
          event.sender.send('told', new Map([[1, 2]]), undefined);
          for (let n = 0; n < 50; n += 1) window.webContents.send('told', n);
          resolve();
        });
        window.webContents.executeJavaScript("bridge.invoke('hello')");
      });
      return window.webContents.executeJavaScript('bridge.heard()');`);
    expect(heard).toEqual([
      ['asked', true],
      [new Map([[1, 2]]), undefined],
      ...Array.from({ length: 50 }, (_, n) => [n]),
    ]);
  });

  test('event.senderFrame is the top frame, with the address and origin of the app', async () => {
    const app = await start();
    const frame = await app.run(`
      ipcMain.handle('who', ({ senderFrame, sender }) =>
        [senderFrame.url, senderFrame.origin, senderFrame.parent, senderFrame.top === senderFrame, senderFrame === sender.mainFrame]);
      return await ${page("location.hash = 'here'; new Promise((r) => setTimeout(r)).then(() => bridge.invoke('who'))")};`);
    expect(frame).toEqual(['app://test/index.html#here', 'app://test', null, true, true]);
  });

  test('a removed listener hears nothing more', async () => {
    const app = await start();
    const ticks = await app.run(`
      const { webContents } = await open('<p>');
      await webContents.executeJavaScript('ticks = []; stop = bridge.subscribe((n) => ticks.push(n)); undefined');
      webContents.send('tick', 1);
      await webContents.executeJavaScript('stop()');
      webContents.send('tick', 2);
      return webContents.executeJavaScript('ticks');`);
    expect(ticks).toEqual([1]);
  });

  test('sending to a page that is not there is silent, and what cannot be cloned is refused', async () => {
    const app = await start();
    const refused = await app.run(`
      const window = new BrowserWindow();
      window.webContents.send('told', 1);
      try { window.webContents.send('told', () => {}); return 'sent' } catch (error) { return error.message }`);
    expect(refused).toBe('An object could not be cloned.');
  });
});
