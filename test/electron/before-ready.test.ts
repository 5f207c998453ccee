import { describe, expect, test } from 'vitest';
import { appStarter, fixture } from './run-app.ts';

const start = appStarter();

// What Electron's documentation promises of calls that come before `ready`, or must.

describe('app.whenReady', () => {
  // https://github.com/electron/electron/issues/40719: `ready` comes once the main module has been evaluated.
  test('a main module that awaits it at its top level waits for ever; here it ends and says so', async () => {
    const app = await start({ app: fixture('awaits-ready.js') });
    expect(await app.ended()).toBe(13);
    expect(app.errors()).toContain('rondo: the app awaits, while it is being loaded, what comes after');
  });
});

describe('app.enableSandbox', () => {
  test('before the app is ready: every renderer is sandboxed from then on', async () => {
    const app = await start({ app: fixture('sandboxed.js'), env: { preload: fixture('workbench/preload.cjs') } });
    expect(await app.told()).toEqual({ sandboxed: true });
    expect(await app.ended()).toBe(0);
  });

  test('later it is refused', async () => {
    const app = await start();
    expect(await app.run(`try { return app.enableSandbox() } catch (error) { return error.message }`)).toBe(
      'app.enableSandbox() can only be called before app is ready',
    );
  });
});

describe('dialog.showErrorBox', () => {
  test('before the app is ready its text goes to standard error, and the app goes on', async () => {
    const app = await start({ app: fixture('sandboxed.js'), env: { preload: fixture('workbench/preload.cjs') } });
    expect(await app.ended()).toBe(0);
    expect(app.errors()).toContain('\nRondo did not start: It was started with a debugger.\n');
  });

  test('with a window as well: here there is no box that anybody could miss', async () => {
    const app = await start();
    await app.run(`await open('<p>'); dialog.showErrorBox('The core ended', 'Nothing is lost.')`);
    await app.said(/^The core ended: Nothing is lost\.$/m);
  });
});
