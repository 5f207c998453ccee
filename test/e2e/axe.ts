import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

/** WCAG 2.0 to 2.2, levels A and AA: every rule that axe has for them. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The page's own document: it has no frames, and its policy refuses them. */
const options: RunOptions = { runOnly: { type: 'tag', values: standards }, resultTypes: ['violations'] };

/** Read once per worker, and small: most of what axe costs is bringing its script into the page. */
const script = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page's ground in each theme: `--bg` of its styles. */
const grounds = { light: 'oklch(0.958 0.0045 215)', dark: 'oklch(0.168 0.0075 220)' };

export type Theme = keyof typeof grounds;

/** Shows the page in this theme, and makes sure that it does: axe finds the same nothing in a theme that never came. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(page.locator('body'), `the ${theme} theme`).toHaveCSS('background-color', grounds[theme]);
}

/** What axe finds on the page as it is: each rule, and the elements that break it. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const isThere = await page.evaluate<boolean>(`'axe' in globalThis`);
  if (!isThere) await page.evaluate(await script);
  const { violations, passes } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  expect(passes.length, 'rules that axe found something to try on').toBeGreaterThan(10);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
