import { describe, expect, test } from 'vitest';
import { appStarter, fixture } from './run-app.ts';

const start = appStarter();
const worker = JSON.stringify(fixture('worker.js'));
const answer = "new Promise((resolve) => child.once('message', resolve))";

describe('utilityProcess', () => {
  test('carries structured clones both ways, also what is posted before it has started', async () => {
    const app = await start();
    const value = `new Map([[{ a: undefined }, [new Date(3), new Uint8Array([1, 2]), 5n]]])`;
    const seen = await app.run(`
      const child = utilityProcess.fork(${worker});
      const early = child.pid;
      child.postMessage(${value});
      const first = await ${answer};
      child.postMessage(undefined);
      const second = await ${answer};
      const refused = (() => { try { child.postMessage(() => {}) } catch (error) { return error.message } })();
      return [early, typeof child.pid, first, second, refused];`);
    expect(seen).toStrictEqual([
      undefined,
      'number',
      new Map([[{ a: undefined }, [new Date(3), new Uint8Array([1, 2]), 5n]]]),
      undefined,
      expect.stringContaining('could not be cloned'),
    ]);
  });

  test('gives arguments, inherits its environment, and refuses what it would not do', async () => {
    const app = await start({ env: { OWN: 'yes' } });
    const seen = await app.run(`
      const child = utilityProcess.fork(${worker}, ['--one', 'two'], { serviceName: 'Own', stdio: 'inherit' });
      child.postMessage('who');
      const who = await ${answer};
      child.postMessage('electron');
      const refused = (options) => { try { utilityProcess.fork(${worker}, [], options) } catch (error) { return error.message } };
      return [who, await ${answer}, refused({ stdio: 'pipe' }), refused({ env: {} })];`);
    expect(seen).toEqual([
      { argv: ['--one', 'two'], env: 'yes', type: 'utility', ports: 0 },
      'electron in a utility process is not implemented by the Electron API over Chromium',
      'utilityProcess.fork with stdio: pipe is not implemented by the Electron API over Chromium',
      expect.stringContaining('utilityProcess.fork with env: [object Object] is not implemented'),
    ]);
  });

  test('tells spawn and exit with the code; kill ends it, once', async () => {
    const app = await start();
    const seen = await app.run(`
      const leaving = utilityProcess.fork(${worker});
      await new Promise((resolve) => leaving.once('spawn', resolve));
      leaving.postMessage('leave');
      const code = await new Promise((resolve) => leaving.once('exit', resolve));
      const child = utilityProcess.fork(${worker});
      await new Promise((resolve) => child.once('spawn', resolve));
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const first = child.kill();
      const killed = await ended;
      child.postMessage('too late');
      return [code, first, killed, child.kill(), child.pid];`);
    expect(seen).toEqual([3, true, 0, false, undefined]);
  });

  test('is not there to be killed before it has started', async () => {
    const app = await start();
    const seen = await app.run(`
      const child = utilityProcess.fork(${worker});
      const early = child.kill();
      child.postMessage('still there');
      return [early, await ${answer}];`);
    expect(seen).toEqual([false, 'still there']);
  });

  test("ends with the number of a signal that is another's, and with none after its own kill", async () => {
    const app = await start();
    const endedBy = (signals: string) =>
      app.run(`
        const child = utilityProcess.fork(${worker});
        await new Promise((resolve) => child.once('spawn', resolve));
        const ended = new Promise((resolve) => child.once('exit', resolve));
        const send = (signal) => process.kill(child.pid, signal);
        ${signals};
        return ended;`);
    expect(await endedBy("send('SIGTERM')")).toBe(15);
    expect(await endedBy("send('SIGKILL')")).toBe(9);
    expect(await endedBy("send('SIGABRT')")).toBe(6);
    expect(await endedBy("send('SIGSTOP'); child.kill(); send('SIGKILL')")).toBe(0);
  });

  test('ends with the app, however that ends', async () => {
    const app = await start();
    const pid = Number(
      await app.run(`
        const child = utilityProcess.fork(${worker});
        child.postMessage(1);
        await ${answer};
        return child.pid;`),
    );
    const isRunning = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    expect(isRunning()).toBe(true);
    app.child.kill('SIGKILL');
    await expect.poll(isRunning, { timeout: 5000 }).toBe(false);
  });
});
