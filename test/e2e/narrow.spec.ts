import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';
import { openIncident } from './screens/job.ts';
import { onToken, rail, rotate, tokens } from './screens/screen.ts';

// A narrow window, and what 200 % zoom makes of a wider one: 640 becomes 320.

/**
 * What is cut off at the sides: whatever reaches beyond the window or beyond an area around it that clips and cannot be
 * scrolled sideways. Text that ends in an ellipsis ends within its own box.
 */
async function cutOff(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(`[...document.querySelectorAll('body *')].flatMap((element) => {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
    if (element instanceof SVGElement && element.ownerSVGElement !== null) return [];
    let edge = { left: 0, right: document.documentElement.clientWidth };
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      const { overflowX } = getComputedStyle(around);
      if (overflowX === 'auto' || overflowX === 'scroll') {
        if (around.scrollWidth > around.clientWidth) {
          const edge = around.getBoundingClientRect().left + around.clientWidth;
          const wide = [...around.querySelectorAll('*')].filter((inner) => inner.getBoundingClientRect().right > edge + 1);
          return ['scrolls sideways: ' + around.className + ', for ' + wide.map((inner) => inner.tagName.toLowerCase() + '.' + inner.getAttribute('class')).join(', ')];
        }
      }
      if (overflowX !== 'visible') { edge = around.getBoundingClientRect(); break; }
    }
    if (left >= edge.left - 1 && right <= edge.right + 1) return [];
    return [element.tagName.toLowerCase() + '.' + element.getAttribute('class') + ' "' + element.textContent.slice(0, 30) + '" ' + Math.round(left) + '-' + Math.round(right) + ' of ' + Math.round(edge.left) + '-' + Math.round(edge.right)];
  })`);
  const width = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  return [
    ...new Set([found].flat().map(String)),
    ...(width === 0 ? [] : [`the page is ${width} px wider than the window`]),
  ];
}

/** In the window, and not under anything else: a click there is a click on it. */
async function inView(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const button = page.getByRole('button', { name, exact: false }).first();
    await expect(button, name).toBeInViewport({ ratio: 1 });
    await button.click({ trial: true, timeout: 10_000 });
  }
}

test('a label of one long word pushes nothing out of sight', async ({ rondo }) => {
  const { page, call, complaints } = await rondo({ vault: 'connected' });
  const label = 'deploy'.repeat(30);
  const made = await call('token.create-project', { project: 'gh/tidewater/web', scope: 'admin', label, keep: false });
  expectOk(made);
  const nothingCutOff = async (where: string) => expect.soft(await cutOff(page), where).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await onToken(page, label);
  await nothingCutOff('inventory');
  for (const [key, where] of [
    ['r', 'plan'],
    ['c', 'panel'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await nothingCutOff(where);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await nothingCutOff('deletion');
  await page.keyboard.press('Escape');
  await rotate(page, label);
  await nothingCutOff('rotation');
  await rail('Rotations')(page);
  await page.getByRole('table').waitFor();
  await nothingCutOff('rotations');
  expect(complaints).toEqual([]);
});

const everywhere = ['Find or do', 'Home', 'Inventory', 'Rotations', 'Activity', 'Settings', 'Lock now'];

for (const width of [320, 480, 640, 900, 1024]) {
  test(`${width} px wide: nothing is cut off, and what one needs is in sight`, async ({ rondo }) => {
    const { page, complaints } = await rondo({ vault: 'connected' });
    const nothingCutOff = async (where: string) => expect.soft(await cutOff(page), where).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 640 });
    await tokens(page).waitFor();
    await inView(page, [...everywhere, 'Group the list', 'Sort the list', 'New token']);
    await nothingCutOff('inventory');
    for (const place of ['Home', 'Activity', 'Settings']) {
      await rail(place)(page);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await inView(page, everywhere);
      await nothingCutOff(place);
    }
    await rail('Inventory')(page);
    await onToken(page, 'release-please');
    await page.keyboard.press('Enter');
    await inView(page, ['Rotate', 'Delete', 'Find or do']);
    await nothingCutOff('detail');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByRole('dialog').waitFor();
    await nothingCutOff('new token');
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.getByRole('dialog').waitFor();
    await nothingCutOff('plan');
    await page.keyboard.press('Escape');
    await rotate(page, 'release-please');
    await nothingCutOff('rotation');
    await inView(page, ['Back', 'Find or do']);
    await rail('Rotations')(page);
    await page.getByRole('table').waitFor();
    await nothingCutOff('rotations');
    await openIncident(page);
    await nothingCutOff('incident');
    expect(complaints).toEqual([]);
  });
}

test('the keys that enlarge are left to the window, also over a dialog and in a field', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  // The last to hear of a key: by then whoever wanted it has said so.
  await page.evaluate(`
    globalThis.pressed = [];
    addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (key !== 'Control') pressed.push(key + (defaultPrevented ? ' taken' : ' left'));
    });`);
  const keys = ['Control++', 'Control+=', 'Control+-', 'Control+0'];
  const pressAll = async () => {
    for (const key of keys) await page.keyboard.press(key);
    return page.evaluate(() => Reflect.get(globalThis, 'pressed').splice(0));
  };
  const left = ['+ left', '= left', '- left', '0 left'];
  expect(await pressAll()).toEqual(left);
  await page.getByRole('searchbox').focus();
  expect(await pressAll()).toEqual(left);
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await tokens(page).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toContainText('Larger, smaller, as it was');
  expect((await pressAll()).slice(-4)).toEqual(left);
  await expect(sheet).toBeVisible();
  expect(complaints).toEqual([]);
});
