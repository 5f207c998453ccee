import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { noWindow } from '../../../build/electron-over-chromium/no-window.ts';
import { neverLaunched } from '../on-electron.ts';
import { type OpenRondo, openRondo } from '../open-rondo.ts';
import { type AskSandbox, tokensOf } from './read-back.ts';
import { walk } from './walk.ts';

export interface DemoOptions {
  readonly isHeadless: boolean;
  /** Emptied first. Its last name is the one that is told. */
  readonly picturesDir: string;
  readonly say: (line: string) => void;
  readonly ask?: AskSandbox;
  /** Ends it in the middle: what it wrote is removed all the same. */
  readonly stop?: AbortSignal;
}

/** `done`: every act was read back from the sandbox. `no-window`: nothing here opens one, whatever would be in it. */
export type DemoEnding = 'done' | 'failed' | 'no-window' | 'stopped';

/** Tells each step, leaves a picture of each. */
export async function runDemo(options: DemoOptions): Promise<DemoEnding> {
  const { stop = new AbortController().signal } = options;
  // What fails because it was stopped is nothing to tell.
  const say = (line: string) => void (stop.aborted || options.say(line));
  try {
    const ending = await openAndWalk({ ...options, say, stop });
    if (!stop.aborted) return ending;
    options.say('\nStopped in the middle. The vault is removed again.');
    return 'stopped';
  } catch (error) {
    // What was opened did not end well: what it wrote may be there still.
    options.say(stop.aborted ? `\nStopped in the middle: ${messageOf(error)}` : messageOf(error));
    return stop.aborted ? 'stopped' : 'failed';
  }
}

/** @throws Error when what was opened did not end as it should */
async function openAndWalk(options: DemoOptions & { readonly stop: AbortSignal }): Promise<DemoEnding> {
  const { isHeadless, picturesDir, say, stop } = options;
  await rm(picturesDir, { recursive: true, force: true });
  await mkdir(picturesDir, { recursive: true });
  const opened = await openRondo({ vault: 'none', isHeadless }).catch((error: unknown) => {
    const why = messageOf(error);
    say(why);
    return endingOf(why);
  });
  if (typeof opened === 'string') return opened;
  await using rondo = opened;
  return await Promise.race([walkThrough(rondo, options), stopped(stop)]);
}

function stopped(stop: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve('stopped');
    stop.addEventListener('abort', () => resolve('stopped'));
  });
}

/** Whatever else keeps the window away is Rondo's fault, which no other way to do the job may hide. */
function endingOf(why: string): 'no-window' | 'failed' {
  return [noWindow, neverLaunched].some((words) => why.includes(words)) ? 'no-window' : 'failed';
}

async function walkThrough(
  rondo: OpenRondo,
  { picturesDir, say, ask = tokensOf }: DemoOptions,
): Promise<'done' | 'failed'> {
  let steps = 0;
  const takePicture = async (page: Page, name: string) => {
    const picture = `${String(steps).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(picturesDir, picture) });
    return `${basename(picturesDir)}/${picture}`;
  };
  try {
    const readBacks = await walk(rondo, ask, async ({ name, did, page }) => {
      steps += 1;
      say(`${steps}. ${name}: ${did} (${await takePicture(page, name)})`);
    });
    say('');
    for (const { what, ok, found } of readBacks) say(`${ok ? 'ok    ' : 'NOT OK'} ${what.padEnd(9)} ${found}`);
    for (const complaint of rondo.complaints) say(`NOT OK the page complained: ${complaint}`);
    if (rondo.complaints.length > 0 || readBacks.some(({ ok }) => !ok)) return 'failed';
    say('\nEach act was done by clicks in the window and read back from the sandbox. The vault is removed again.');
    return 'done';
  } catch (error) {
    say('The window did not do what was expected of it:');
    say(messageOf(error));
    // Of a page that is gone none can be had.
    const picture = await takePicture(rondo.page, 'stopped').catch(() => undefined);
    say(picture === undefined ? 'There is no picture of it.' : `This is how it looked: ${picture}`);
    return 'failed';
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
