import { describe, expect, test } from 'vitest';
import { browserAt } from './browser-at.ts';
import { appStarter } from './run-app.ts';

const start = appStarter();

describe('the end of a window that the app did not ask for', () => {
  test('a page whose process dies is told, to the window and to the app', async () => {
    const app = await start();
    const seen = await app.run(`
      const window = await open('<p>');
      const seen = [];
      app.on('render-process-gone', (_event, contents, details) => seen.push(['app', contents === window.webContents, details.reason]));
      const gone = new Promise((resolve) => window.webContents.on('render-process-gone', (_event, details) => { seen.push(details.reason); resolve() }));
      window.loadURL('chrome://crash').catch(() => {});
      await gone;
      return seen;`);
    expect(seen).toEqual([['app', true, 'crashed'], 'crashed']);
  });

  test('a browser that dies takes its window along, and says so', async () => {
    const app = await start();
    const seen = await app.run(`
      app.on('window-all-closed', () => {});
      const window = await open('<p>');
      const names = [];
      window.webContents.on('render-process-gone', (_event, { reason }) => names.push(reason));
      window.on('close', () => names.push('close'));
      const closed = new Promise((resolve) => window.on('closed', resolve));
      const ps = require('node:child_process').execFileSync('ps', ['-eo', 'pid,args']).toString().split('\\n');
      const line = ps.find((one) => one.includes('-' + process.pid + '-') && !one.includes('--type='));
      process.kill(Number(line.trim().split(' ')[0]), 'SIGKILL');
      await closed;
      return [names, window.isDestroyed()];`);
    expect(seen).toEqual([['killed', 'close'], true]);
  });

  test('a window that a person closes is gone with its page, and not only when its browser has ended', async () => {
    const app = await start({ flags: ['--headless', '--remote-debugging-port=0'] });
    await app.run(`
      app.on('window-all-closed', () => {});
      state.window = await open('<p>');
      const ps = require('node:child_process').execFileSync('ps', ['-eo', 'pid,args']).toString().split('\\n');
      const browser = Number.parseInt(ps.find((one) => one.includes('-' + process.pid + '-') && !one.includes('--type=')));
      const isThere = () => { try { return process.kill(browser, 0) } catch { return false } };
      state.closed = new Promise((resolve) => state.window.on('closed', () => resolve(isThere())));`);
    const [, address = ''] = await app.said(/DevTools listening on (ws:\S+)\s/);
    const { ask } = await browserAt(address);
    const { targetInfos } = await ask('Target.getTargets');
    // Whether the browser still answers nobody needs to know.
    void ask('Target.closeTarget', { targetId: targetInfos.find(({ type }) => type === 'page')?.targetId });
    expect(await app.run('return [await state.closed, state.window.isDestroyed()]')).toEqual([true, true]);
  });
});
