import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './rondo-test.ts';
import { screens } from './screens/all-screens.ts';

/** WCAG 2.0 to 2.2, levels A and AA: every rule that axe has for them. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const { name, vault, size, open, shows } of screens) {
  test(`${name}: it is there, axe finds nothing in either theme, and the policy refuses nothing`, async ({ rondo }) => {
    const app = await rondo({ vault });
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    if (size !== undefined) await app.page.setViewportSize(size);
    await open(app.page, app);
    // Locking and starting again put another page in the place of the first.
    const { page } = app;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await shows(page);
      // Legacy: without a second page, which this app refuses. What that would add is frames of other origins; there are none.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(standards).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
      expect(found, colorScheme).toEqual([]);
    }
    expect(app.complaints).toEqual([]);
  });
}
