import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../../build/bundle.mjs';
import { type Figure, median, milliseconds } from '../../bench/measure.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { seedVault } from '../seed-vault.ts';
import { treeMegabytes } from './process-memory.ts';
import { type MeasuredApp, startedOnce } from './started-once.ts';

/** Enough for a median: each start takes a second. */
const runs = 7;

interface FirstScreen {
  /** From starting the process until its page had painted all that it first shows and its second process had answered. */
  readonly startMs: number;
  readonly megabytes: number;
}

/** What a person waits for after starting Rondo, and what it then takes, beside an empty window in the same runtime. */
export async function measureStart(emptyDir: string, isHeadless: boolean): Promise<Figure[]> {
  const rondo: FirstScreen[] = [];
  const empty: FirstScreen[] = [];
  for (let run = 0; run < runs; run += 1) {
    // In turns, so that a machine that slows down slows both.
    empty.push(await firstScreen({ args: async (dir) => [emptyDir, join(dir, 'data')], isHeadless }, emptyIsThere));
    rondo.push(await firstScreen({ args: rondoOverVault, isHeadless }, unlockIsThere));
  }
  const [rondoMs, emptyMs] = [rondo, empty].map((starts) => median(starts.map(({ startMs }) => startMs)));
  const [rondoMb, emptyMb] = [rondo, empty].map((starts) => median(starts.map(({ megabytes }) => megabytes)));
  if (rondoMs === undefined || emptyMs === undefined || rondoMb === undefined || emptyMb === undefined)
    throw new Error('nothing was started');
  return [
    {
      name: 'start to the first usable screen, against an empty window',
      measured: `${milliseconds(rondoMs)} against ${milliseconds(emptyMs)}`,
      ratio: rondoMs / emptyMs,
      aim: 'within 1.3',
      reached: rondoMs / emptyMs <= 1.3,
    },
    {
      name: 'memory of all processes, more than an empty window',
      measured: `${rondoMb.toFixed(0)} MB against ${emptyMb.toFixed(0)} MB`,
      ratio: rondoMb / emptyMb,
      aim: 'within + 120 MB',
      reached: rondoMb - emptyMb <= 120,
    },
  ];
}

function firstScreen(measured: MeasuredApp, isUsable: (page: Page) => Promise<unknown>): Promise<FirstScreen> {
  return startedOnce(measured, async ({ page, pid, startedAt }) => {
    // Asked while the page is still on its way: the answer comes when the second process is there.
    const [answeredAt] = await Promise.all([page.evaluate<number>(firstAnswer), isUsable(page)]);
    const usableAt = Math.max(await page.evaluate<number>(lastPaint), answeredAt);
    return { startMs: usableAt - startedAt, megabytes: await treeMegabytes(pid) };
  });
}

async function rondoOverVault(dir: string): Promise<readonly string[]> {
  const vaultDir = join(dir, 'vault');
  await seedVault(vaultDir);
  return [root, `--vault=${vaultDir}`, `--user-data-dir=${join(dir, 'data')}`];
}

const emptyIsThere = (page: Page) => page.getByRole('heading', { name: 'Ready' }).waitFor();

/** Usable: the password can be typed, and the core behind it answers. */
async function unlockIsThere(page: Page): Promise<void> {
  await page.getByLabel('Password of this vault').waitFor();
  expectOk(await page.evaluate(() => Reflect.get(globalThis, 'rondo').call('vault.status', {})));
}

/** When the second process had answered the page: Rondo's core, which is what can unlock, or the empty app's echo. */
const firstAnswer = `rondo.call('vault.status', {}).then(() => performance.timeOrigin + performance.now())`;

/**
 * When the largest thing on the page was painted, by the system's clock: as the page saw it, so that no driver counts.
 * Text, because it runs in the page, whose language these tests do not speak.
 */
const lastPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    resolve(performance.timeOrigin + list.getEntries().at(-1).startTime);
  }).observe({ type: 'largest-contentful-paint', buffered: true });
})`;
