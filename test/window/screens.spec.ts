import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openWindow } from './open-window.ts';
import { screens } from './screens.ts';

/** WCAG 2.0 to 2.2, levels A and AA: every rule that axe has for them. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const screen of screens) {
  test(`${screen.name}: it is there, axe finds nothing in either theme, and the policy refuses nothing`, async ({
    page,
  }) => {
    await using window = await openWindow(page, screen.window);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await screen.open(page, window);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await screen.shows(page);
      const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
      expect(found, colorScheme).toEqual([]);
    }
    expect(window.complaints).toEqual([]);
  });
}
