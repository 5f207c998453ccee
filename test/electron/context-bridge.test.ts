import { describe, expect, test } from 'vitest';
import { appStarter, type RunningApp } from './run-app.ts';

const start = appStarter();

function inPage(app: RunningApp, code: string, html = '<p>'): Promise<unknown> {
  return app.run(`return (await open(${JSON.stringify(html)})).webContents.executeJavaScript(${JSON.stringify(code)})`);
}

describe('contextBridge', () => {
  test('gives the page functions, values and promises, before its first script runs', async () => {
    const app = await start();
    const early = '<script>first = [typeof bridge, bridge.add(1, 2), bridge.platform, bridge.sandboxed]</script>';
    const code = `(async () => [first, bridge.nested, bridge.add('a', 'b'), await bridge.later(new Map([[1, 2]])),
      bridge.later(1) instanceof Promise, bridge.apply((n) => n * 2, 21)])()`;
    expect(await inPage(app, code, early)).toEqual([
      ['object', 3, process.platform, true],
      { list: [1, { deep: true }], when: new Date(0), bytes: new Uint8Array([1, 2, 3]), map: new Map([['a', 1n]]) },
      'ab',
      new Map([[1, 2]]),
      true,
      42,
    ]);
  });

  test('what it exposes is frozen and cannot be replaced', async () => {
    const app = await start();
    const code = `(() => {
      'use strict';
      const refused = (act) => { try { act(); return false } catch { return true } };
      return [
        refused(() => { bridge = 1 }), refused(() => { bridge.add = 1 }), refused(() => { bridge.nested.list[1].deep = 2 }),
        refused(() => { delete window.bridge }), refused(() => { bridge.nested.list.push(1) }), bridge.attempt('expose twice'),
      ];
    })()`;
    const twice = 'Cannot bind an API on top of an existing property on the window object';
    expect(await inPage(app, code)).toEqual([true, true, true, true, true, twice]);
  });

  test('of an error only the message crosses', async () => {
    const app = await start();
    const code = `(async () => {
      const seen = (error) => [error instanceof Error, error.constructor.name, error.message, error.code];
      const thrown = (() => { try { bridge.throwError() } catch (error) { return seen(error) } })();
      return [thrown, await bridge.rejectError().catch(seen), seen(bridge.returnError())];
    })()`;
    expect(await inPage(app, code)).toEqual([
      [true, 'Error', 'no such thing', undefined],
      [true, 'Error', 'not later either', undefined],
      [true, 'Error', 'as a value', undefined],
    ]);
  });

  test('arguments are copies: changing one side does not change the other', async () => {
    const app = await start();
    const code = `(async () => {
      class Point { x = 1; get far() { return 1 } }
      const point = new Point();
      const [copy] = await bridge.later([point]);
      point.x = 2;
      const types = [new Date(), new Map(), new Uint8Array(1), /a/, new Point(), [], null, 1n].map((v) => bridge.typeOf(v));
      const symbol = (() => { try { bridge.typeOf(Symbol()); return 'crossed' } catch (error) { return error.message } })();
      return [copy, Object.getPrototypeOf(copy) === Object.prototype, types, symbol];
    })()`;
    const types = ['Date', 'Map', 'Uint8Array', 'RegExp', 'Object', 'Array', 'Null', 'BigInt'].map(
      (t) => `[object ${t}]`,
    );
    expect(await inPage(app, code)).toEqual([{ x: 1 }, true, types, 'An object could not be cloned.']);
  });

  test('the page sees nothing else of it: no binding, no require, no name of its own', async () => {
    const app = await start();
    const names = await app.run(`
      const bare = new BrowserWindow();
      await bare.loadURL('app://test/missing');
      const list = 'Object.getOwnPropertyNames(globalThis)';
      const without = await bare.webContents.executeJavaScript(list);
      const withBridge = await (await open('<p>')).webContents.executeJavaScript(list);
      return withBridge.filter((name) => !without.includes(name));`);
    expect(names).toEqual(['bridge']);
  });

  test('a page that replaces what scripts use cannot listen in', async () => {
    const app = await start();
    const spy = `<script>
      seen = [];
      for (const [object, name] of [[EventTarget.prototype, 'dispatchEvent'], [EventTarget.prototype, 'addEventListener']]) {
        const real = object[name];
        object[name] = function (...args) { seen.push(name); return real.apply(this, args) };
      }
      document.dispatchEvent = () => seen.push('own');
      CustomEvent = function () { seen.push('made') };
    </script>`;
    expect(await inPage(app, '[bridge.add(1, 2), seen]', spy)).toEqual([3, []]);
  });

  test('a preload has only Electron, and what is not implemented there says its name', async () => {
    const app = await start();
    expect(await inPage(app, "['module', 'sendSync', 'process', 'set'].map(bridge.attempt)")).toEqual([
      'module not found: node:fs',
      ...['ipcRenderer.sendSync', 'process.env', 'ipcRenderer.send'].map(
        (name) => `${name} is not implemented by the Electron API over Chromium`,
      ),
    ]);
  });

  test('a frame within the page gets none of it', async () => {
    const app = await start();
    const seen = await app.run(`
      state.pages['/frame.html'] = '<p>frame';
      const { webContents } = await open('<iframe src="/frame.html"></iframe>');
      return webContents.executeJavaScript('[typeof bridge, typeof frames[0].bridge, frames[0].document.body.textContent]');`);
    expect(seen).toEqual(['object', 'undefined', 'frame']);
  });
});
