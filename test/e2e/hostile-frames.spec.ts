import { pathToFileURL } from 'node:url';
import { expect } from '@playwright/test';
import { root } from '../../build/bundle.mjs';
import { test } from './rondo-test.ts';

/*
 * Ways around the page's own window: the files beside the bundle, and frames, of which each has a window of its own. What
 * main says to a frame that asks all the same is in test/unit/electron/ipc.test.ts: no frame here ever gets to ask.
 */

test('a page loads its own bundle, and neither the preload nor anything else beside it', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'empty' });
  const load = (address: string) =>
    page.evaluate<string>(`import(${JSON.stringify(address)}).then(() => 'loaded', ({ message }) => message)`);
  const own = await page.evaluate<string>(`document.querySelector('script[src]').src`);
  expect(await load(own)).toBe('loaded');

  const window = pathToFileURL(`${root}/out/window/`).href;
  for (const address of [
    ...['/preload.cjs', '/core.mjs', '/../window/preload.cjs', '/..%2fwindow%2fpreload.cjs', '/..%2fwindow%2fmain.mjs'],
    // A kind of file that the page does have, in another place.
    ...['/..%2f..%2fnode_modules%2freact%2findex.js', 'app://window/preload.cjs', 'app://else/index.html'],
    ...[`${window}preload.cjs`, `${window}main.mjs`, 'file:///etc/hostname'],
  ])
    expect(await load(address), address).toMatch(/^Failed to fetch dynamically imported module/);
  // Not by a request that reads, either: it has none, not even for what it may load.
  for (const address of [own, '/preload.cjs', `${window}preload.cjs`])
    expect(
      await page.evaluate(`Promise.all([
        fetch(${JSON.stringify(address)}).then(() => 'read', () => 'refused'),
        new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.onload = () => resolve('read');
          request.onerror = () => resolve('refused');
          request.open('GET', ${JSON.stringify(address)});
          request.send();
        }),
      ])`),
      address,
    ).toEqual(['refused', 'refused']);
  expect(complaints.filter((complaint) => /Content Security Policy/.test(complaint)).length).toBeGreaterThan(5);
});

/** What a frame may be made to show. */
const makes = [
  `(frame) => { frame.src = '/index.html'; }`,
  `(frame) => { frame.src = '/nowhere.html'; }`,
  `(frame) => { frame.src = 'about:blank'; }`,
  `() => {}`,
  `(frame) => { frame.srcdoc = '<p>frame'; }`,
  `(frame) => { frame.src = URL.createObjectURL(new Blob(['<p>frame'], { type: 'text/html' })); }`,
  `(frame) => { frame.src = 'data:text/html,<p>frame'; }`,
  `(frame) => { frame.src = 'javascript:parent.ran = true'; }`,
];

test('no frame in the page can ask anything, whatever it shows', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'empty' });
  // As soon as it is there, and once whatever it was given had its chance: an image of the bundle's that came after it fails.
  const within = await page.evaluate(`(async () => {
    const look = (frame) => {
      try {
        const names = Object.getOwnPropertyNames(frame.contentWindow);
        // A frame of another origin shows a few names of a window's, and a "then" that is none.
        const more = names.filter((name) => name !== 'then' && (!(name in globalThis) || /rondo|electron|ipc/i.test(name)));
        return more.length === 0 ? 'nobody to ask' : more.join();
      } catch (error) {
        return error.name === 'SecurityError' ? 'nobody to ask' : String(error);
      }
    };
    const found = [];
    for (const make of [${makes.join()}]) {
      const frame = document.createElement('iframe');
      try {
        make(frame);
      } catch (error) {
        // Text that would become markup is refused before there is a frame to show it.
        if (!/Trusted/.test(error.message)) throw error;
      }
      document.body.append(frame);
      found.push(look(frame));
      const image = document.createElement('img');
      const failed = new Promise((resolve) => { image.onerror = resolve; });
      image.src = '/nowhere-' + found.length + '.png';
      document.body.append(image);
      await failed;
      found.push(look(frame));
    }
    return found;
  })()`);
  expect(within).toEqual(makes.flatMap(() => ['nobody to ask', 'nobody to ask']));
  // The page itself would have been found.
  expect(await page.evaluate(`Object.getOwnPropertyNames(globalThis).filter((name) => /rondo/.test(name))`)).toEqual([
    'rondo',
  ]);
  expect(await page.evaluate(`globalThis.ran ?? 'never ran'`)).toBe('never ran');
});
