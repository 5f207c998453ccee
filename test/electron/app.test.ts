import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { appStarter, fixture, profilesIn } from './run-app.ts';

const start = appStarter();
const tmpOf = 'require("node:os").tmpdir()';

describe('the life of an app', () => {
  test('a folder is an app with its own name and version, and require and import give one electron', async () => {
    const app = await start({ app: fixture('packaged'), appArguments: ['--own', 'x'] });
    const told = await app.told();
    expect(told).toEqual({
      said: ['isReady false', 'ready'],
      isSame: true,
      version: '3.2.1',
      userData: expect.stringMatching(/config\/Packaged App$/),
      argv: ['--own', 'x'],
      type: 'browser',
      electron: expect.stringMatching(/^45 API over Chromium \d+$/),
    });
    expect(await app.ended()).toBe(0);
    expect(app.errors()).toMatch(/^rondo: Electron API over Chromium \d+[^\n]*\n$/);
  });

  test('the folder for its data follows the name until it is set, and no other is there', async () => {
    const app = await start();
    const paths = await app.run(`
      const refused = (act) => { try { return act() } catch (error) { return error.message } };
      const before = app.getPath('userData');
      app.setPath('userData', '/tmp/own');
      return [before, app.getPath('userData'), refused(() => app.getPath('music')), refused(() => app.setPath('logs', '/tmp')),
        refused(() => app.setPath('userData', 'relative'))];`);
    expect(paths).toEqual([
      expect.stringMatching(/config\/Electron$/),
      '/tmp/own',
      "app.getPath('music') is not implemented by the Electron API over Chromium",
      "app.setPath('logs') is not implemented by the Electron API over Chromium",
      'Path must be absolute',
    ]);
  });

  test("a switch that the app appends is its browser's", async () => {
    const app = await start();
    const flags = await app.run(`
      app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
      await open('<p>');
      return require('node:child_process').execFileSync('ps', ['-eo', 'ppid,args'], { maxBuffer: 1e8 }).toString().split('\\n')
        .find((line) => line.trim().startsWith(process.pid + ' ') && line.includes('--remote-debugging-pipe'));`);
    expect(flags).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
  });

  test('quit asks, closes and asks again; each can say no', async () => {
    const app = await start();
    await app.run(`
      state.window = await open('<p>');
      app.once('before-quit', (event) => event.preventDefault());
      app.quit();
      state.log.push(['prevented before', state.window.isDestroyed()]);
      state.window.once('close', (event) => event.preventDefault());
      app.quit();
      state.log.push(['prevented by window', state.window.isDestroyed()]);
      app.once('will-quit', (event) => event.preventDefault());
      app.quit();
      state.log.push(['prevented after', state.window.isDestroyed()]);`);
    expect(await app.run('return state.log')).toEqual([
      ['prevented before', false],
      ['prevented by window', false],
      ['prevented after', true],
    ]);
    await app.run('setImmediate(() => app.quit())');
    expect(await app.ended()).toBe(0);
    expect(app.events.slice(-3)).toEqual(['before-quit', 'will-quit', 'quit']);
  });

  test('exit leaves at once with its code, without asking', async () => {
    const app = await start();
    await app.run(
      `await open('<p>'); app.on('before-quit', (event) => event.preventDefault()); setImmediate(() => app.exit(7))`,
    );
    expect(await app.ended()).toBe(7);
    expect(app.events).not.toContain('before-quit');
    expect(app.events).not.toContain('will-quit');
  });

  test('the last window ends an app that does not listen, and not one that does', async () => {
    const app = await start();
    const seen = await app.run(`
      const heard = collected();
      const listener = () => heard.push('all closed');
      app.on('window-all-closed', listener);
      (await open('<p>')).close();
      await heard.until(1);
      app.off('window-all-closed', listener);
      return heard;`);
    expect(seen).toEqual(['all closed']);
    await app.run('state.window = await open("<p>"); setImmediate(() => state.window.destroy())');
    expect(await app.ended()).toBe(0);
    expect(app.events).toContain('will-quit');
  });

  test('a polite signal is a wish to quit', async () => {
    const app = await start();
    app.child.kill('SIGTERM');
    expect(await app.ended()).toBe(0);
    expect(app.events.slice(-3)).toEqual(['before-quit', 'will-quit', 'quit']);
  });

  test('what a window was is gone with it: the processes, the profile and the folder of its socket', async () => {
    const app = await start();
    const dir = String(await app.run(`return ${tmpOf}`));
    await app.run(`state.window = await open('<p>')`);
    const [profile = ''] = profilesIn(dir);
    const socketDir = dirname(readlinkSync(join(dir, profile, 'SingletonSocket')));
    expect(dirname(socketDir)).toBe(dir);
    expect(profile).toMatch(new RegExp(`-${app.child.pid}-`));
    await app.run(`app.on('window-all-closed', () => {}); state.window.destroy(); await state.window.ended()`);
    expect(profilesIn(dir)).toEqual([]);
    expect(existsSync(socketDir)).toBe(false);
    const left = await app.run(
      `return require('node:child_process').execFileSync('ps', ['-eo', 'args']).toString().includes('${profile}')`,
    );
    expect(left).toBe(false);
  });

  test('a killed app takes its browser along, and the next start removes what it left', async () => {
    const app = await start({ flags: ['--headless', '--remote-debugging-port=0'] });
    const dir = String(await app.run(`await open('<p>'); return ${tmpOf}`));
    expect(profilesIn(dir)).toHaveLength(1);
    const [, address = ''] = await app.said(/DevTools listening on (ws:\S+)\s/);
    // The browser ends when its pipe does: nothing ends it by name. Its end closes what is connected to it.
    const browser = new WebSocket(address);
    await once(browser, 'open');
    const gone = once(browser, 'close');
    app.child.kill('SIGKILL');
    await app.ended();
    await gone;
    const planted = join(dir, `electron-over-chromium-${app.child.pid}-other`);
    const theirs = join(dir, 'theirs');
    for (const path of [planted, theirs]) mkdirSync(path);
    for (const name of ['SingletonSocket', 'kept']) writeFileSync(join(theirs, name), '');
    symlinkSync(join(theirs, 'SingletonSocket'), join(planted, 'SingletonSocket'));
    await start({ env: { TMPDIR: dir } });
    expect(profilesIn(dir)).toEqual([]);
    expect(readdirSync(dir).filter((name) => existsSync(join(dir, name, 'SingletonSocket')))).toEqual([]);
    expect(readdirSync(theirs), 'whatever a link names, nothing else goes').toEqual(['kept']);
  });
});

/** What the instance says to somebody who writes this, until it hangs up. */
async function answerTo(path: string, line: string): Promise<string> {
  const socket = connect(path);
  socket.on('error', () => {});
  socket.write(line);
  return text(socket);
}

describe('requestSingleInstanceLock', () => {
  test('one instance has it; a second one is told so, and tells the first', async () => {
    const first = await start();
    const dir = String(await first.run(`return ${tmpOf}`));
    const took = await first.run(`
      app.on('second-instance', (_event, argv, cwd, data) => { state.log.push([argv.slice(2), cwd, data]); process.send({ event: 'second' }) });
      return [app.requestSingleInstanceLock(), app.requestSingleInstanceLock()];`);
    expect(took).toEqual([true, true]);
    const second = await start({
      env: { XDG_CONFIG_HOME: `${dir}/config`, XDG_RUNTIME_DIR: dir },
      appArguments: ['open', 'x'],
    });
    expect(await second.run("return app.requestSingleInstanceLock({ extra: [1, 'a'] })")).toBe(false);
    await first.until('second');
    expect(await first.run('return state.log')).toEqual([[['open', 'x'], process.cwd(), { extra: [1, 'a'] }]]);
    // A line of another program is no start, and ends nothing.
    const folder = join(String(await first.run("return app.getPath('userData')")), 'instance');
    const [socketName = ''] = readdirSync(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const socketPath = join(folder, socketName);
    const strays = ['what is this\n', '\n', '[]\n', '{"argv":[1],"workingDirectory":"/"}\n', '{"argv":["open"]}\n'];
    for (const stray of strays) expect(await answerTo(socketPath, stray), stray).toBe('');
    const whole = `${JSON.stringify({ argv: ['', '', 'third'], workingDirectory: '/', additionalData: 3 })}\n`;
    expect(await answerTo(socketPath, whole)).toBe('heard\n');
    expect(await first.run('return state.log.slice(1)')).toEqual([[['third'], '/', 3]]);
    // Whoever was killed has it no longer.
    first.child.kill('SIGKILL');
    await first.ended();
    expect(await second.run('return app.requestSingleInstanceLock()')).toBe(true);
  });

  test('whoever lets go of it tells nobody any more, and can have it again when it is free', async () => {
    const first = await start();
    const dir = String(await first.run(`return ${tmpOf}`));
    const second = await start({ env: { XDG_CONFIG_HOME: `${dir}/config`, XDG_RUNTIME_DIR: dir } });
    await first.run('return app.releaseSingleInstanceLock()');
    expect(await first.run('return app.requestSingleInstanceLock()')).toBe(true);
    expect(await second.run('return app.requestSingleInstanceLock()')).toBe(false);
    const folder = join(String(await first.run("return app.getPath('userData')")), 'instance');
    const unheard = answerTo(join(folder, readdirSync(folder)[0] ?? ''), '{"argv":').catch(() => 'hung up');
    await first.run('return app.releaseSingleInstanceLock()');
    expect(['', 'hung up']).toContain(await unheard);
    expect(await second.run('return app.requestSingleInstanceLock()')).toBe(true);
    expect(await first.run('return app.requestSingleInstanceLock()')).toBe(false);
  });
});
