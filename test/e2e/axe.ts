import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { explained } from './axe-explained.ts';
import type { OpenRondo } from './open-rondo.ts';
import type { Screen } from './screens/screen.ts';

/** WCAG 2.0 to 2.2, levels A and AA, and good practice: every rule that axe has for them, also those that it still tries. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'];

/** The page's own document: it has no frames, and its policy refuses them. */
const options: RunOptions = {
  runOnly: { type: 'tag', values: standards },
  resultTypes: ['violations', 'incomplete'],
};

/** Read once per worker, and small: most of what axe costs is bringing its script into the page. */
const script = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page's ground in each theme: `--bg` of its styles. */
const grounds = { light: 'oklch(0.958 0.0045 215)', dark: 'oklch(0.168 0.0075 220)' };

type Theme = keyof typeof grounds;

/**
 * Shows a screen in one theme after the other. The core rests meanwhile, however long that takes: a screen may be of a moment,
 * such as the minute in which CircleCI is asked again. Call it when the screen is open: locking puts another page in its place.
 */
export async function inEachTheme(
  { page, desktop }: OpenRondo,
  shows: Screen['shows'],
  look: (theme: Theme) => Promise<void>,
): Promise<void> {
  await shows(page);
  await desktop.whileCoreRests(async () => {
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme);
      await shows(page);
      await look(theme);
    }
  });
}

/**
 * Shows the page in this theme, and makes sure that it does: axe finds the same nothing in a theme that never came. Without
 * motion: what is on its way is neither as it was nor as it will be.
 */
async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(page.locator('body'), `the ${theme} theme`).toHaveCSS('background-color', grounds[theme]);
}

/** What axe finds on the page as it is: each rule, and the elements that break it, or of which it cannot tell. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const isThere = await page.evaluate<boolean>(`'axe' in globalThis`);
  if (!isThere) await page.evaluate(await script);
  const { broken, undecided, passes } = await page.evaluate(runAxe, {
    options,
    selectors: explained.map(({ of }) => of),
  });
  expect(passes, 'rules that axe found something to try on').toBeGreaterThan(10);
  const isExplained = ({ rule, because, matches }: Undecided) =>
    explained.some((one, index) => one.rule === rule && one.because === because && matches[index]);
  return [
    ...broken.map(({ rule, htmls }) => `${rule}: ${htmls.map(short).join(' | ')}`),
    ...undecided
      .filter((found) => !isExplained(found))
      .map(({ rule, because, html }) => `${rule}, undecided (${because}): ${short(html)}`),
  ];
}

interface Undecided {
  readonly rule: string;
  /** axe's own key for the reason, where the check has one. */
  readonly because: string;
  readonly html: string;
  /** For each selector, whether it is one of those. */
  readonly matches: readonly boolean[];
}

/** Runs in the page, so that it names nothing from outside. */
async function runAxe(given: { readonly options: RunOptions; readonly selectors: readonly string[] }) {
  const axe: { run(context: object, options: RunOptions): Promise<AxeResults> } = Reflect.get(globalThis, 'axe');
  const page: object = Reflect.get(globalThis, 'document');
  const { violations, incomplete, passes } = await axe.run(page, { ...given.options, elementRef: true });
  const undecided = incomplete.flatMap(({ id: rule, nodes }) =>
    nodes.map(({ any, all, none, html, element }): Undecided => {
      const [check] = [...any, ...all, ...none];
      const key: unknown = Object(check?.data).messageKey;
      const isOne = (selector: string) => Object(element).matches(selector) === true;
      return {
        rule,
        because: typeof key === 'string' ? key : (check?.id ?? 'unknown'),
        html,
        matches: given.selectors.map(isOne),
      };
    }),
  );
  const broken = violations.map(({ id: rule, nodes }) => ({ rule, htmls: nodes.map(({ html }) => html) }));
  return { broken, undecided, passes: passes.length };
}

const short = (html: string) => html.slice(0, 160);
