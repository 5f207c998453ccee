import type { Page } from '@playwright/test';

/**
 * In the page: of each key, the time from the key to the paint that shows its effect. Measured for every key, to the first
 * task after its frame was made; and as the browser itself saw it on the screen, which Event Timing tells of slow keys only,
 * in steps of 8 ms. The longer one counts.
 */
const observe = `{
  globalThis.keyTimesMs = new Map();
  const took = (startMs, ms) => keyTimesMs.set(startMs, Math.max(ms, keyTimesMs.get(startMs) ?? 0));
  addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => took(timeStamp, performance.now() - timeStamp);
    port2.postMessage('painted');
  }), { capture: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) if (name === 'keydown') took(startTime, duration);
  }).observe({ type: 'event', durationThreshold: 16 });
}`;

/** In the page: two frames later, when what the key changed is on the screen and its entry has been delivered. */
const painted =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))';

/**
 * Types `texts` into the field that has the focus, emptying it again after each, and tells for every key how long it took
 * from the key to the paint. @throws Error when a key was not measured: it must not count as a fast one
 */
export async function keyToPaint(page: Page, texts: readonly string[]): Promise<number[]> {
  await page.evaluate(observe);
  const keys = texts.flatMap((text) => [...text, ...Array.from(text, () => 'Backspace')]);
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(painted);
  }
  const times = await page.evaluate<number[]>('[...keyTimesMs.values()]');
  if (times.length !== keys.length) throw new Error(`${keys.length} keys were pressed, ${times.length} measured`);
  return times;
}
