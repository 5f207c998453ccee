import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Figure, median, milliseconds } from '../../bench/measure.ts';
import { openRondo } from '../open-rondo.ts';
import { keyToPaint } from './key-to-paint.ts';
import { startedOnce } from './started-once.ts';

/** What a developer looks for: a word of many labels, a whole project, a label that is not there. */
const searches = ['deploy', 'acme/web', 'nightly', 'release-bot', 'zzzz'];

/** A person sees an answer that is slower than this as a wait: three frames at 60 Hz. */
const promptMs = 50;

/** An answer within one frame at 60 Hz is never seen to be on its way. */
const frameMs = 16;

const calls = 400;

/** An open window over 10 000 tokens: how it answers to a key, and how long a call is on its way. */
export async function measureOpenWindow(emptyDir: string, isHeadless: boolean): Promise<Figure[]> {
  const echoMs = await startedOnce({ args: async (dir) => [emptyDir, join(dir, 'data')], isHeadless }, ({ page }) =>
    roundTrip(page),
  );
  await using rondo = await openRondo({ vault: 'connected', tokens: 10_000, derivation: 'full', isHeadless });
  const { page } = rondo;
  await page.getByRole('searchbox').click();
  const keys = await keyToPaint(page, searches);
  const slowMs = percentile(keys, 0.95);
  const callMs = await roundTrip(page);
  return [
    {
      name: 'search in 10 000 tokens, key to paint (p95)',
      measured: `${milliseconds(slowMs)}, median ${milliseconds(median(keys))}, ${keys.length} keys`,
      ratio: slowMs / frameMs,
      aim: `under ${promptMs} ms`,
      reached: slowMs < promptMs,
    },
    {
      name: 'a call through window and core process, against a bare echo the same way',
      measured: `${milliseconds(callMs)} against ${milliseconds(echoMs)}`,
      ratio: callMs / echoMs,
      aim: `under ${frameMs} ms`,
      reached: callMs < frameMs,
    },
  ];
}

/** Milliseconds of a call from the page and back, one after the other. */
async function roundTrip(page: Page): Promise<number> {
  const times = await page.evaluate(async (count) => {
    const rondo = Reflect.get(globalThis, 'rondo');
    const own: number[] = [];
    for (let run = 0; run < count; run += 1) {
      const start = performance.now();
      await rondo.call('vault.status', {});
      own.push(performance.now() - start);
    }
    return own;
  }, calls);
  return median(times);
}

function percentile(values: readonly number[], part: number): number {
  const value = values.toSorted((left, right) => left - right)[Math.ceil(values.length * part) - 1];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
