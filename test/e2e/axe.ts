import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, NodeResult, RunOptions } from 'axe-core';

/** WCAG 2.0 to 2.2, levels A and AA, and good practice: every rule that axe has for them, also those that it still tries. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'];

/** The page's own document: it has no frames, and its policy refuses them. */
const options: RunOptions = {
  runOnly: { type: 'tag', values: standards },
  resultTypes: ['violations', 'incomplete'],
};

/**
 * What axe cannot decide, and why it holds all the same. Where it says neither yes nor no for anything else, that is a
 * finding.
 */
const explained: readonly { readonly rule: string; readonly because: string; readonly holds: string }[] = [
  {
    rule: 'aria-hidden-focus',
    because: 'focusable-modal-open',
    holds: 'a dialog is open: Base UI hides the page behind it and keeps the focus in, which keyboard.spec.ts tries',
  },
  {
    rule: 'color-contrast',
    because: 'imgNode',
    holds: 'words in a ruler, an SVG without a ground of its own: their greys pass on every plane beside it',
  },
  {
    rule: 'color-contrast',
    because: 'bgOverlap',
    holds: "words on an overlap's band or under an open menu: a soft ground, on which each of the inks passes",
  },
  {
    rule: 'color-contrast',
    because: 'shortTextContent',
    holds: 'one character, as the nought of a ruler: axe decides for its neighbours of the same ink',
  },
  {
    rule: 'hidden-content',
    because: 'hidden-content',
    holds: 'it only says that something is hidden, such as a closed menu: menus have screens of their own, open',
  },
  { rule: 'color-contrast', because: 'nonBmp', holds: 'the arrows on keys: the same ink as the letters on keys' },
];

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

/** What axe finds on the page as it is: each rule, and the elements that break it, or of which it cannot tell. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const isThere = await page.evaluate<boolean>(`'axe' in globalThis`);
  if (!isThere) await page.evaluate(await script);
  const { violations, incomplete, passes } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  expect(passes.length, 'rules that axe found something to try on').toBeGreaterThan(10);
  const broken = violations.map(({ id, nodes }) => `${id}: ${nodes.map(shortHtml).join(' | ')}`);
  const undecided = incomplete.flatMap(({ id, nodes }) =>
    nodes.map((node) => ({ rule: id, because: whyUndecided(node), html: shortHtml(node) })),
  );
  const isExplained = (found: { readonly rule: string; readonly because: string }) =>
    explained.some(({ rule, because }) => rule === found.rule && because === found.because);
  return [
    ...broken,
    ...undecided
      .filter((found) => !isExplained(found))
      .map(({ rule, because, html }) => `${rule}, undecided (${because}): ${html}`),
  ];
}

const shortHtml = ({ html }: NodeResult) => html.slice(0, 160);

/** axe's own key for the reason, where the check has one. */
function whyUndecided({ any, all, none }: NodeResult): string {
  const [check] = [...any, ...all, ...none];
  const key: unknown = Object(check?.data).messageKey;
  return typeof key === 'string' ? key : (check?.id ?? 'unknown');
}
