import { expect, type Page } from '@playwright/test';
import { test } from './rondo-test.ts';
import { setFaults, untilAsked } from './sandbox-by-hand.ts';
import { rail, startRotating, tokens } from './screens/screen.ts';

/** What moves, or would move, on the page as it is: of each element the time of its animations and transitions. */
const moving = (page: Page) =>
  page.evaluate<readonly string[]>(`(() => {
    const lasts = (times) => times.split(',').some((time) => parseFloat(time) > 0);
    const would = [...document.querySelectorAll('*')].flatMap((element) => ['', '::before', '::after'].map((part) => {
      const style = getComputedStyle(element, part || null);
      const moves = lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration));
      return moves ? element.className + part : '';
    })).filter(Boolean);
    const does = document.getAnimations().map((it) => String(it.animationName ?? it.transitionProperty));
    return [...new Set([...would, ...does])];
  })()`);

test('who wants less motion gets none: nothing is animated and nothing changes by degrees', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await tokens(page).waitFor();
  // Where motion is welcome there is some to be found, the running step's among it.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving(page)).not.toEqual([]);
  await setFaults(sandbox, ['hang=POST /api/v1.1/project']);
  await startRotating(page, 'fastlane');
  await untilAsked(sandbox, 'POST', '/token');
  await expect(page.getByText(/^Step 2 of 6, creating the new token\./)).toBeVisible();
  expect(await moving(page)).toContain('turn');

  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving(page), 'a running rotation').toEqual([]);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeVisible();
  expect(await moving(page), 'a dialog over it').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toHaveCount(0);
  for (const place of ['Home', 'Inventory', 'Activity', 'Settings']) {
    await rail(place)(page);
    expect(await moving(page), place).toEqual([]);
  }
  await page.getByRole('combobox', { name: 'Theme' }).click();
  await expect(page.getByRole('listbox')).toBeVisible();
  expect(await moving(page), 'an open menu').toEqual([]);
  expect(app.complaints).toEqual([]);
});
