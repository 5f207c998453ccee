import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { endHolders, watchEnding } from '../../../main/electron/ending.ts';

/** An app that leaves when nobody prevents it, as Electron's does, and what happened in which order. */
function watched() {
  const log: string[] = [];
  const ended = Promise.withResolvers<void>();
  const app = Object.assign(new EventEmitter(), {
    quit() {
      let prevented = false;
      app.emit('before-quit', { preventDefault: () => (prevented = true) });
      if (!prevented) log.push('left with 0');
    },
    releaseSingleInstanceLock: () => void log.push('no longer the only one'),
    exit: (code: number) => void log.push(`left with ${code}`),
  });
  const ending = watchEnding({
    // Of Electron's class this is what it touches.
    app: app as unknown as App,
    end: () => {
      log.push('ending');
      return ended.promise;
    },
    showError: (title, text) => void log.push(`${title}: ${text}`),
  });
  return { app, ending, log, ended };
}

/** What was settled has been heard. */
const heard = () => new Promise((resolve) => setImmediate(resolve));

test('quitting ends the rest first, and nobody who asks meanwhile gets past that', async () => {
  const { app, ending, log, ended } = watched();
  expect(ending.hasBegun()).toBe(false);
  app.quit();
  app.quit();
  expect(ending.hasBegun()).toBe(true);
  expect(log).toEqual(['no longer the only one', 'ending']);
  ended.resolve();
  await heard();
  expect(log).toEqual(['no longer the only one', 'ending', 'left with 0']);
});

test('an end that fails is an end', async () => {
  const { app, log, ended } = watched();
  app.quit();
  ended.reject(new Error('no'));
  await heard();
  expect(log).toEqual(['no longer the only one', 'ending', 'left with 0']);
});

test('giving up ends the rest, says why once, and leaves with an error', async () => {
  const { app, ending, log, ended } = watched();
  ending.giveUp('Over', 'because');
  ending.giveUp('Over', 'because of something else');
  app.quit();
  ended.resolve();
  await heard();
  expect(log).toEqual(['no longer the only one', 'ending', 'Over: because', 'left with 1']);
});

test('a value that the ending core still gives away does not stay on the clipboard', async () => {
  let clipboard = 'the value of before';
  const given = Promise.withResolvers<void>();
  const ending = endHolders({
    clear: async () => {
      clipboard = '';
    },
    async endCore() {
      await given.promise;
      clipboard = 'a value that was on its way';
    },
    clock: { now: () => 0, sleep: () => new Promise(() => {}) },
  });
  await heard();
  expect(clipboard, 'not only when the core has ended').toBe('');
  given.resolve();
  await ending;
  expect(clipboard).toBe('');
});

test('a clipboard that never answers keeps neither the core nor the quitting', async () => {
  let hasCoreEnded = false;
  await endHolders({
    clear: () => new Promise(() => {}),
    endCore: async () => {
      hasCoreEnded = true;
    },
    clock: { now: () => 0, sleep: async () => {} },
  });
  expect(hasCoreEnded).toBe(true);
});
