import { expect, type Page } from '@playwright/test';
import { passwordText } from './open-rondo.ts';

/** How an element is called: by its own name, its label's, or what it shows. */
const nameOf = `((element) => {
  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.closest('label')?.textContent;
  // A dialog that has the focus itself is called by its title and not by all that stands in it.
  const named = element.getAttribute('aria-labelledby');
  const title = named === null ? undefined : document.getElementById(named)?.textContent;
  return element === document.body ? '' : String(label ?? title ?? element.textContent);
})`;
const focusedName = `${nameOf}(document.activeElement)`;
const shownNames = `[...document.querySelectorAll('a, button:not(:disabled), input:not(:disabled), select, textarea, [tabindex]')].map(${nameOf})`;

/** Presses Tab until what has the focus is called this. A page that does not show it yet is waited for first, as a person would. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const isIt = (called: string) => (typeof name === 'string' ? called.includes(name) : name.test(called));
  const isShown = async () => (await page.evaluate<string[]>(shownNames)).some(isIt);
  await expect.poll(isShown, `${name} is on the page`).toBe(true);
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate<string>(focusedName);
    if (isIt(focused)) return;
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

/** What a quick person presses before the next frame: no code of the page that waits for one runs until it is done. */
export async function beforeAFrame(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate(`(() => {
    const { requestAnimationFrame } = window;
    const waiting = [];
    // Below zero: a number that no frame has.
    window.requestAnimationFrame = (run) => -waiting.push(run);
    window.letFramesCome = () => {
      window.requestAnimationFrame = requestAnimationFrame;
      for (const run of waiting) requestAnimationFrame(run);
    };
  })()`);
  await act();
  await page.evaluate('letFramesCome()');
}
