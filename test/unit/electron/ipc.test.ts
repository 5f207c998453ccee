import type { IpcMain } from 'electron';
import { describe, expect, test } from 'vitest';
import { type Asker, answerPage, callChannel } from '../../../main/electron/ipc.ts';
import { pageUrl } from '../../../main/electron/page-files.ts';

const ours = 7;
const ourPage: Asker = { sender: { id: ours }, senderFrame: { parent: null, url: pageUrl } };

/** Asks as `asker` while the window shows the page `current`: the answer, and what came through to the dispatch. */
async function ask(asker: Asker, current: number | 'no window') {
  const dispatched: unknown[] = [];
  let listener: ((event: never, ...args: readonly unknown[]) => unknown) | undefined;
  const ipc: Pick<IpcMain, 'handle'> = {
    handle(channel, handler) {
      expect(channel).toBe(callChannel);
      listener = handler;
    },
  };
  const page = () => (current === 'no window' ? undefined : { contents: { id: current } });
  answerPage(ipc, page, async (channel, input) => {
    dispatched.push([channel, input]);
    return { ok: true, value: 'answered' };
  });
  // Of Electron's event this is what is looked at.
  const answer = await listener?.(asker as never, 'token.list', { search: 'x' });
  return { answer, dispatched };
}

describe('who may ask', () => {
  test('the top frame of the page that the window shows now', async () => {
    expect(await ask(ourPage, ours)).toEqual({
      answer: { ok: true, value: 'answered' },
      dispatched: [['token.list', { search: 'x' }]],
    });
  });

  test('the same, after its skip link was followed', async () => {
    const within: Asker = { ...ourPage, senderFrame: { parent: null, url: `${pageUrl}#content` } };
    expect((await ask(within, ours)).dispatched).toHaveLength(1);
  });

  const top = { parent: null, url: pageUrl };
  test.each<[string, Asker, number | 'no window']>([
    ['a frame in our page', { ...ourPage, senderFrame: { parent: top, url: pageUrl } }, ours],
    ['a blank frame in our page', { ...ourPage, senderFrame: { parent: top, url: 'about:blank' } }, ours],
    ['a frame of markup in our page', { ...ourPage, senderFrame: { parent: top, url: 'about:srcdoc' } }, ours],
    ['a frame that is gone', { ...ourPage, senderFrame: null }, ours],
    ['another page of our own protocol', { ...ourPage, senderFrame: { ...top, url: 'app://rondo/other.html' } }, ours],
    ['our page with a query', { ...ourPage, senderFrame: { ...top, url: `${pageUrl}?x` } }, ours],
    ['a page that ends like ours', { ...ourPage, senderFrame: { ...top, url: `app://else/#${pageUrl}` } }, ours],
    ['another host of our protocol', { ...ourPage, senderFrame: { ...top, url: 'app://else/index.html' } }, ours],
    ['another origin', { ...ourPage, senderFrame: { ...top, url: 'https://rondo/index.html' } }, ours],
    ['a blank page', { ...ourPage, senderFrame: { ...top, url: 'about:blank' } }, ours],
    ['a page that was replaced', ourPage, ours + 1],
    ['a page when there is no window', ourPage, 'no window'],
  ])('nobody else: %s', async (_name, asker, current) => {
    const { answer, dispatched } = await ask(asker, current);
    expect(answer).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(dispatched).toEqual([]);
  });
});
