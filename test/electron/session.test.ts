import { describe, expect, test } from 'vitest';
import { appStarter } from './run-app.ts';

const start = appStarter();

describe('permissions', () => {
  test('nothing is granted, whatever a handler would say', async () => {
    const app = await start();
    const answers = await app.run(`
      session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(true));
      session.defaultSession.setPermissionCheckHandler(() => true);
      const { webContents } = await open('<p>');
      return webContents.executeJavaScript(\`(async () => {
        const named = async (name) => (await navigator.permissions.query({ name })).state;
        const refused = (promise) => promise.then(() => 'granted', (error) => error.name ?? error.code);
        return {
          queries: await Promise.all(['geolocation', 'notifications', 'clipboard-read', 'clipboard-write', 'camera',
            'microphone', 'midi', 'persistent-storage', 'screen-wake-lock', 'local-fonts', 'window-management'].map(named)),
          notification: await Notification.requestPermission(),
          position: await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), (e) => resolve(e.code))),
          camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
          screen: await refused(navigator.mediaDevices.getDisplayMedia()),
          readClipboard: await refused(navigator.clipboard.readText()),
          writeClipboard: await refused(navigator.clipboard.writeText('x')),
          persist: await refused(navigator.storage.persist().then((is) => is || Promise.reject(new TypeError()))),
          wakeLock: await refused(navigator.wakeLock.request()),
        };
      })()\`, true);`);
    expect(answers).toEqual({
      queries: Array.from({ length: 11 }, () => 'denied'),
      notification: 'denied',
      position: 1,
      camera: expect.stringMatching(/NotAllowedError|NotFoundError/),
      screen: expect.stringMatching(/NotAllowedError|NotSupportedError|InvalidStateError/),
      readClipboard: 'NotAllowedError',
      writeClipboard: 'NotAllowedError',
      persist: 'TypeError',
      wakeLock: 'NotAllowedError',
    });
  });
});

test('an app that lacks a handler of permissions gets no window, and is told which: Electron would grant everything', async () => {
  const app = await start();
  const seen = await app.run(`
      app.on('window-all-closed', () => {});
      const { defaultSession } = session;
      const attempt = () => { try { new BrowserWindow().destroy(); return 'made' } catch (error) { return error.message } };
      const seen = [attempt()];
      defaultSession.setPermissionCheckHandler(null);
      seen.push(attempt());
      defaultSession.setPermissionRequestHandler(null);
      seen.push(attempt());
      defaultSession.setPermissionCheckHandler(() => false);
      seen.push(attempt());
      return [...seen, BrowserWindow.getAllWindows().length];`);
  const request = 'session.setPermissionRequestHandler';
  const check = 'session.setPermissionCheckHandler';
  const refused = (lacking: string) =>
    `a BrowserWindow before ${lacking} is not implemented by the Electron API over Chromium`;
  expect(seen).toEqual(['made', refused(check), refused(`${request} and ${check}`), refused(request), 0]);
});

describe('protocol', () => {
  test('a handler gets the request as the app knows it and answers with status, headers and body', async () => {
    const app = await start();
    const seen = await app.run(`
      const asked = [];
      state.pages['/data'] = async (request) => {
        asked.push([request.url, request.method, request.headers.get('x-own'), await request.text()]);
        return new Response(new Uint8Array([0, 255]), { status: 201, headers: { 'content-type': 'application/x', 'x-answer': 'yes' } });
      };
      const { webContents } = await open('<p>');
      const got = await webContents.executeJavaScript(\`(async () => {
        const response = await fetch('/data?q=1', { method: 'POST', headers: { 'x-own': '1' }, body: 'posted' });
        return [response.status, response.headers.get('x-answer'), new Uint8Array(await response.arrayBuffer()),
          (await fetch('/nowhere')).status, isSecureContext];
      })()\`);
      return [asked, got, state.requests.some((url) => url.includes('favicon'))];`);
    expect(seen).toEqual([
      [['app://test/data?q=1', 'POST', '1', 'posted']],
      [201, 'yes', new Uint8Array([0, 255]), 404, true],
      false,
    ]);
  });

  test('a content security policy from the handler is enforced', async () => {
    const app = await start();
    const seen = await app.run(`
      const html = '<script>inline = 1</script><script src="/own.js"></script><style>p{color:red}</style><p id=p>';
      state.pages['/own.js'] = { body: 'own = 1', headers: { 'content-type': 'text/javascript' } };
      return (await open({ body: html, headers: { 'content-security-policy': "default-src 'none'; script-src 'self'" } }))
        .webContents.executeJavaScript(\`(async () => [typeof inline, typeof own, typeof bridge, getComputedStyle(p).color,
          (() => { try { return eval('1') } catch { return 'no eval' } })(), await fetch('/own.js').catch(() => 'no fetch')])()\`);`);
    expect(seen).toEqual(['undefined', 'number', 'object', 'rgb(0, 0, 0)', 'no eval', 'no fetch']);
  });

  test('handle and registering follow the order that Electron documents', async () => {
    const app = await start();
    const seen = await app.run(`
      const refused = (act) => { try { act(); return 'fine' } catch (error) { return error.message } };
      return [
        refused(() => protocol.handle('app', () => new Response())),
        refused(() => protocol.registerSchemesAsPrivileged([])),
        refused(() => protocol.handle('other', () => new Response())),
      ];`);
    expect(seen).toEqual([
      'Failed to register protocol: app',
      'protocol.registerSchemesAsPrivileged should be called before app is ready',
      expect.stringContaining('not implemented'),
    ]);
  });
});
