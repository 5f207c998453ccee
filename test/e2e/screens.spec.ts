import { expect } from '@playwright/test';
import { axeFindings, inEachTheme } from './axe.ts';
import { test } from './rondo-test.ts';
import { screens } from './screens/all-screens.ts';

for (const { name, vault, variants = [], size, open, shows, complaint } of screens) {
  test(`${name}: it is there, axe finds nothing in either theme, and the policy refuses nothing`, async ({ rondo }) => {
    const app = await rondo({ vault, variants });
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    if (size !== undefined) await app.page.setViewportSize(size);
    await open(app.page, app);
    await inEachTheme(app, shows, async (theme) => {
      expect(await axeFindings(app.page), theme).toEqual([]);
    });
    expect(app.complaints).toEqual(complaint === undefined ? [] : [expect.stringMatching(complaint)]);
  });
}
