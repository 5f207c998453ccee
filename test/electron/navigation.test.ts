import { describe, expect, test } from 'vitest';
import { countingServers } from './counting-server.ts';
import { appStarter } from './run-app.ts';

const start = appStarter();
const serve = countingServers();

/** A click that the page cannot tell from a person's, as far as opening windows is concerned. */
const click = (id: string) => `webContents.executeJavaScript("document.getElementById('${id}').click()", true)`;
/** What the page asked for before has had its answer, or will never have one: it asks for this after it. */
const barrier = `await webContents.executeJavaScript("fetch('/barrier').then(() => 1, () => 0)");`;

describe('navigation', () => {
  test('will-navigate comes for what the page starts, and can prevent it', async () => {
    const app = await start();
    const server = await serve();
    const seen = await app.run(`
      const window = await open('<a id=go href="${server.origin}/link">go</a><a id=top href="#here">here</a>');
      const { webContents } = window;
      const seen = collected();
      webContents.on('will-navigate', (event, url) => { seen.push([event.url, url, event.isMainFrame]); event.preventDefault() });
      await ${click('go')};
      await ${click('top')};
      await webContents.executeJavaScript("location.href = '${server.origin}/script'; undefined");
      await seen.until(2);
      await webContents.executeJavaScript("location.href = 'app://test/other.html'; undefined").catch(() => {});
      ${barrier}
      await webContents.executeJavaScript("location.assign('/second.html')");
      await seen.until(3);
      await window.loadURL('app://test/index.html?programmatic');
      return [seen, webContents.mainFrame.url];`);
    expect(seen).toEqual([
      [
        [`${server.origin}/link`, `${server.origin}/link`, true],
        [`${server.origin}/script`, `${server.origin}/script`, true],
        ['app://test/second.html', 'app://test/second.html', true],
      ],
      'app://test/index.html?programmatic',
    ]);
    expect(server.arrived).toEqual([]);
  });

  test('without a listener the page may go, as far as the app answers', async () => {
    const app = await start();
    const server = await serve();
    const urls = await app.run(`
      state.pages['/free.html'] = '<p>';
      const { webContents } = await open('<p>');
      const failed = collected();
      webContents.on('did-fail-load', (_event, code, text, url) => failed.push([code, text, url]));
      const loaded = new Promise((resolve) => webContents.once('did-finish-load', resolve));
      webContents.executeJavaScript("location.href = '/free.html'; undefined").catch(() => {});
      await loaded;
      const url = webContents.mainFrame.url;
      webContents.executeJavaScript("location.href = '${server.origin}/away'; undefined").catch(() => {});
      await failed.until(1);
      return [url, failed];`);
    expect(urls).toEqual(['app://test/free.html', [[-2, 'ERR_FAILED', `${server.origin}/away`]]]);
    expect(server.arrived).toEqual([]);
  });

  test('will-redirect comes for an answer that points elsewhere, and prevents the navigation', async () => {
    const app = await start();
    const server = await serve();
    const seen = await app.run(`
      state.pages['/away'] = () => new Response(null, { status: 302, headers: { location: '${server.origin}/target' } });
      const window = await open('<p>');
      const seen = collected();
      window.webContents.on('will-redirect', (event) => { seen.push(event.url); event.preventDefault() });
      await window.loadURL('app://test/away').catch((error) => seen.push(error.message));
      return [seen, window.webContents.mainFrame.url];`);
    expect(seen).toEqual([
      [`${server.origin}/target`, "ERR_ABORTED (-3) loading 'app://test/away'"],
      'app://test/index.html',
    ]);
    expect(server.arrived).toEqual([]);
  });

  test('loadURL rejects and did-fail-load tells when nothing answers', async () => {
    const app = await start();
    const seen = await app.run(`
      const window = await open('<p>');
      const seen = collected();
      window.webContents.on('did-fail-load', (_event, ...details) => seen.push(details));
      await window.loadURL('http://127.0.0.1:1/').catch((error) => seen.push(error.message, error.code));
      state.pages['/broken'] = () => { throw new Error('handler') };
      await window.loadURL('app://test/broken').catch((error) => seen.push(error.code));
      return seen;`);
    expect(seen).toEqual([
      [expect.any(Number), expect.stringMatching(/^ERR_/), 'http://127.0.0.1:1/', true],
      expect.stringMatching(/^ERR_\w+ \(-\d+\) loading 'http:\/\/127.0.0.1:1\/'$/),
      expect.stringMatching(/^ERR_/),
      [-2, 'ERR_FAILED', 'app://test/broken', true],
      'ERR_FAILED',
    ]);
  });

  test('a page cannot leave without a request either', async () => {
    const app = await start();
    const urls = await app.run(`
      const window = await open('<p>');
      const { webContents } = window;
      webContents.on('will-navigate', (event) => event.preventDefault());
      const urls = [];
      for (const target of ['about:blank', 'data:text/html,gone', 'blob', 'file:///etc/hosts', 'chrome://version', 'javascript:1']) {
        await webContents.executeJavaScript(\`location.href = \${JSON.stringify(target)} === 'blob'
          ? URL.createObjectURL(new Blob(['gone'], { type: 'text/html' })) : \${JSON.stringify(target)}; undefined\`).catch(() => {});
        ${barrier}
        urls.push(webContents.mainFrame.url);
      }
      return urls;`);
    expect(urls).toEqual(Array.from({ length: 6 }, () => 'app://test/index.html'));
  });
});

describe('new windows', () => {
  test('setWindowOpenHandler is asked, a refused window sends nothing', async () => {
    const app = await start();
    const server = await serve();
    const seen = await app.run(`
      const html = '<a id=blank target=_blank href="${server.origin}/blank">x</a>'
        + '<form id=form target=_blank action="${server.origin}/form" method=post><button id=submit>x</button></form>';
      const { webContents } = await open(html);
      const asked = collected();
      webContents.setWindowOpenHandler(({ url, frameName, features }) => {
        asked.push([url, frameName, features]);
        return { action: 'deny' };
      });
      await webContents.executeJavaScript("window.open('${server.origin}/open', 'name', 'width=200'); undefined", true);
      await webContents.executeJavaScript("window.open('about:blank')?.location.assign('${server.origin}/late')", true).catch(() => {});
      await ${click('blank')};
      await ${click('submit')};
      await asked.until(4);
      return [asked.map(([url]) => url), asked[0], BrowserWindow.getAllWindows().length, webContents.mainFrame.url];`);
    expect(seen).toEqual([
      [`${server.origin}/open`, 'about:blank', `${server.origin}/blank`, `${server.origin}/form`],
      [`${server.origin}/open`, 'name', expect.stringContaining('width=200')],
      1,
      'app://test/index.html',
    ]);
    expect(server.arrived).toEqual([]);
  });

  test('a window that a handler would allow is refused and named', async () => {
    const app = await start();
    const server = await serve();
    await app.run(`
      const { webContents } = await open('<p>');
      webContents.setWindowOpenHandler(() => ({ action: 'allow' }));
      await webContents.executeJavaScript("window.open('${server.origin}/open'); undefined", true);
      ${barrier}`);
    await expect.poll(() => app.errors()).toContain('A second window, opened by a page, is not implemented');
    expect(server.arrived).toEqual([]);
  });
});

describe('what leaves', () => {
  test('webRequest.onBeforeRequest stops every kind of request', async () => {
    const app = await start();
    const server = await serve();
    const seen = await app.run(`
      const seen = collected();
      session.defaultSession.webRequest.onBeforeRequest((details, callback) => {
        const isOwn = details.url.startsWith('app://');
        if (!isOwn) seen.push([new URL(details.url).pathname, details.resourceType]);
        callback({ cancel: !isOwn });
      });
      state.pages['/worker.js'] = { headers: { 'content-type': 'text/javascript' },
        body: "fetch('${server.origin}/from-worker').catch(() => 0).then(() => postMessage('done'))" };
      const { webContents } = await open('<p>');
      await webContents.executeJavaScript(\`(async () => {
        const add = (name, fields) => new Promise((resolve) => {
          const element = Object.assign(document.createElement(name), fields);
          element.onload = element.onerror = resolve;
          document.body.append(element);
        });
        const o = '${server.origin}';
        await fetch(o + '/fetch').catch(() => {});
        await add('img', { src: o + '/img' });
        await add('script', { src: o + '/script' });
        await add('link', { rel: 'stylesheet', href: o + '/style' });
        await add('iframe', { src: o + '/iframe' });
        navigator.sendBeacon(o + '/beacon');
        new Image().src = o + '/image';
        await new Promise((resolve) => { new Worker('/worker.js').onmessage = resolve });
        await new Promise((resolve) => { const s = new WebSocket(o.replace('http', 'ws') + '/socket'); s.onclose = resolve });
        await new Promise((resolve) => { new EventSource(o + '/events').onerror = resolve });
      })()\`);
      return seen;`);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['/fetch', 'xhr'],
        ['/img', 'image'],
        ['/script', 'script'],
        ['/style', 'stylesheet'],
        ['/iframe', 'subFrame'],
        ['/beacon', 'ping'],
        ['/from-worker', 'xhr'],
      ]),
    );
    expect(server.arrived).toEqual([]);
  });

  test('no request, socket or window reaches anything, whoever allows it', async () => {
    const app = await start();
    const server = await serve();
    const failed = await app.run(`
      const { webContents } = await open('<p>');
      return webContents.executeJavaScript(\`(async () => {
        const o = '${server.origin}';
        for (let n = 0; n < 5; n += 1) window.open(o + '/window' + n);
        open('about:blank')?.location.assign(o + '/late');
        await new Promise((resolve) => { const s = new WebSocket(o.replace('http', 'ws') + '/socket'); s.onclose = resolve });
        new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:1' }] });
        return Promise.all([o, 'http://localhost:' + new URL(o).port, 'https://example.com'].map((url) => fetch(url).catch((e) => e.message)));
      })()\`, true);`);
    expect(failed).toEqual(['Failed to fetch', 'Failed to fetch', 'Failed to fetch']);
    expect(server.arrived).toEqual([]);
  });

  test('without webPreferences.webviewTag no page has a webview, and will-attach-webview never comes', async () => {
    const app = await start();
    const server = await serve();
    const seen = await app.run(`
      const attached = [], made = [];
      app.on('web-contents-created', (_event, contents) => {
        made.push(contents.id);
        contents.on('will-attach-webview', () => attached.push(contents.id));
      });
      const { webContents } = await open('<webview src="${server.origin}/in-it"></webview>');
      const tag = await webContents.executeJavaScript(\`(async () => {
        const later = document.createElement('webview');
        later.src = '${server.origin}/later';
        document.body.append(later);
        const shown = Promise.withResolvers();
        requestAnimationFrame(() => requestAnimationFrame(shown.resolve));
        await shown.promise;
        return [document.querySelector('webview'), later].map((one) => [one.constructor.name, typeof one.loadURL, one.shadowRoot]);
      })()\`);
      return { tag, attached, made: made.length, isRefused: (() => {
        try { new BrowserWindow({ webPreferences: { webviewTag: true } }); } catch (error) { return error.message; }
      })() };`);
    expect(seen).toEqual({
      tag: [
        ['HTMLElement', 'undefined', null],
        ['HTMLElement', 'undefined', null],
      ],
      attached: [],
      made: 1,
      isRefused: expect.stringMatching(/webviewTag/),
    });
    expect(server.arrived).toEqual([]);
  });

  test('of the policies of WebRTC there is the one that is always kept', async () => {
    const app = await start();
    const seen = await app.run(`
      const { webContents } = await open('<p>');
      const refused = (policy) => { try { return webContents.setWebRTCIPHandlingPolicy(policy) } catch (error) { return error.message } };
      return [refused('disable_non_proxied_udp'), refused('default')];`);
    expect(seen).toEqual([undefined, expect.stringContaining('is not implemented')]);
  });

  test('a download is told to will-download, and nothing is written', async () => {
    const app = await start();
    const seen = await app.run(`
      const seen = collected();
      state.pages['/file'] = { body: 'secret', headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename=a.bin' } };
      const { webContents } = await open('<a id=a href="/file" download=a.bin>x</a><a id=b download=b.txt>x</a>');
      webContents.session.on('will-download', (event, item, contents) => {
        event.preventDefault();
        seen.push([item.getURL(), item.getFilename(), contents === webContents, event.defaultPrevented]);
      });
      await ${click('a')};
      await seen.until(1);
      await webContents.executeJavaScript("b.href = URL.createObjectURL(new Blob(['x'])); b.click()", true);
      await seen.until(2);
      const home = require('node:os').homedir();
      const fs = require('node:fs');
      return [seen, fs.existsSync(home + '/Downloads/a.bin'), fs.existsSync(home + '/Downloads/b.txt')];`);
    expect(seen).toEqual([
      [
        ['app://test/file', 'a.bin', true, true],
        [expect.stringMatching(/^blob:/), 'b.txt', true, true],
      ],
      false,
      false,
    ]);
  });
});
