import type { Page } from '@playwright/test';

/** Event Timing reports nothing faster than this: such a key counts as one that took exactly so long. */
const leastMs = 16;

/** In the page: keeps, of each key, the time from the key to the paint that shows its effect. */
const observe = `{
  globalThis.keyTimesMs = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') keyTimesMs.push(duration);
  }).observe({ type: 'event', durationThreshold: ${leastMs} });
}`;

/** In the page: two frames later, when what the key changed is on the screen and its entry has been delivered. */
const painted =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))';

/**
 * Types `texts` into the field that has the focus, emptying it again after each, and tells for every key how long the
 * browser took from the key to the paint: Event Timing, in steps of 8 ms, as the browser measures it for itself.
 */
export async function keyToPaint(page: Page, texts: readonly string[]): Promise<number[]> {
  await page.evaluate(observe);
  const keys = texts.flatMap((text) => [...text, ...Array.from(text, () => 'Backspace')]);
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(painted);
  }
  const reported = await page.evaluate<number[]>('keyTimesMs');
  if (reported.length > keys.length) throw new Error('more keys were reported than pressed');
  return [...reported, ...Array.from({ length: keys.length - reported.length }, () => leastMs)];
}
