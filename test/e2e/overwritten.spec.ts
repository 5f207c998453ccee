import { expect, type Page } from '@playwright/test';
import { enter } from './keyboard.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { makeKept } from './screens/acts.ts';
import { onToken, rail, tokens } from './screens/screen.ts';

/*
 * What a page shows of a secret comes to it as bytes, and is decoded into the element that shows it. That the text is gone
 * is seen in copy-once.spec.ts; here the bytes themselves are held on to, as a forgotten reference would hold them.
 */

/** Holds whatever bytes the page decodes from here on. */
async function holdDecoded(page: Page): Promise<void> {
  await page.evaluate(`
    const { decode } = TextDecoder.prototype;
    globalThis.held = [];
    TextDecoder.prototype.decode = function (...given) {
      held.push(given[0]);
      return decode.apply(this, given);
    };
  `);
}

/** Of each secret that was shown, oldest first. */
const held = (page: Page) =>
  page.evaluate(
    `held.map((bytes) => bytes.length === 0 ? 'empty' : bytes.every((byte) => byte === 0) ? 'zeros' : 'secret')`,
  );

test('the bytes of a revealed value are overwritten when it is hidden, closed, out of sight, and after ten seconds', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, (await makeKept(app)).label);
  await page.keyboard.press('c');
  await page.getByRole('dialog').waitFor();
  await holdDecoded(page);
  const now = Date.now();
  await page.clock.install({ time: now });
  await page.clock.pauseAt(now + 1_000);
  const shown = page.getByRole('group', { name: 'The value' });
  const ways = {
    hidden: () => page.getByRole('button', { name: 'Hide' }).click(),
    late: () => page.clock.runFor(10_000),
    'out of sight': () => page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`),
    closed: () => page.keyboard.press('Escape'),
  };
  const zeros: string[] = [];
  for (const [way, hide] of Object.entries(ways)) {
    await page.getByRole('button', { name: 'Reveal' }).click();
    await expect(shown, way).toHaveText(/^CCIPRJ_/);
    expect(await held(page), way).toEqual([...zeros, 'secret']);
    await hide();
    await expect(shown, way).toHaveCount(0);
    zeros.push('zeros');
    await expect.poll(() => held(page), way).toEqual(zeros);
  }
  expect(app.complaints).toEqual([]);
});

for (const way of ['done', 'Escape']) {
  test(`the bytes of a recovery code are overwritten when its sheet is closed by ${way}`, async ({ rondo }) => {
    const { page, complaints } = await rondo({ vault: 'connected' });
    await tokens(page).waitFor();
    await rail('Settings')(page);
    await holdDecoded(page);
    await enter(page, 'Make a recovery code');
    await page.getByLabel('Your password').waitFor();
    await page.keyboard.type(passwordText);
    await page.keyboard.press('Enter');
    const shown = page.getByRole('group', { name: 'The recovery code' });
    await expect(shown).toHaveText(/\S{4}/);
    expect(await held(page)).toEqual(['secret']);
    if (way === 'done') await page.getByRole('button', { name: 'I have it on paper' }).click();
    else await page.keyboard.press('Escape');
    await expect(shown).toHaveCount(0);
    await expect.poll(() => held(page)).toEqual(['zeros']);
    expect(complaints).toEqual([]);
  });
}
