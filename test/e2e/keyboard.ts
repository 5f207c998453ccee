import { expect, type Page } from '@playwright/test';
import { passwordText } from './open-rondo.ts';

/** What has the focus, by its name: its own, its label's, or what it shows. */
const focusedName = `(() => {
  const element = document.activeElement;
  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.closest('label')?.textContent;
  // A dialog that has the focus itself is called by its title and not by all that stands in it.
  const named = element.getAttribute('aria-labelledby');
  const title = named === null ? undefined : document.getElementById(named)?.textContent;
  return element === document.body ? '' : String(label ?? title ?? element.textContent);
})()`;

/** Presses Tab until what has the focus is called this. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = String(await page.evaluate(focusedName));
    if (typeof name === 'string' ? focused.includes(name) : name.test(focused)) return;
    passed.push(focused.slice(0, 20));
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}; it passes ${[...new Set(passed)].join(', ')}`);
}

/** Tab to it, then Enter. */
export async function enter(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** The field has the focus already: types the password of the vault. */
export async function unlockByKeys(page: Page): Promise<void> {
  await expect(page.getByLabel('Password of this vault')).toBeFocused();
  await page.keyboard.type(passwordText);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Rondo is locked' }).waitFor({ state: 'detached' });
}
