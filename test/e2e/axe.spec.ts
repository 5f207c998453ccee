import { expect } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { test } from './rondo-test.ts';

/** What makes axe undecided, of an element that nobody has explained. */
const planted = [
  { because: 'hidden-content', words: 'Nobody looks at this.', style: 'display: none' },
  { because: 'bgGradient', words: 'Words on a picture', style: 'background-image: linear-gradient(red, blue)' },
  { because: 'shortTextContent', words: '7', style: 'color: #888; background-color: #777' },
  { because: 'nonBmp', words: '↑ ↓', style: '' },
] as const;

test('what axe cannot decide of an element that no explanation speaks for is a finding', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'locked' });
  await page.getByRole('heading', { name: 'Rondo is locked' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const { because, words, style } of planted) {
    await page.evaluate(
      (given) => {
        const { document } = Object(globalThis);
        const element = document.createElement('p');
        Object.assign(element, { id: 'planted', textContent: given.words });
        element.style.cssText = given.style;
        document.querySelector('main').append(element);
      },
      { words, style },
    );
    const finding = expect.stringContaining(`undecided (${because}): <p id="planted"`);
    expect(await axeFindings(page), words).toEqual([finding]);
    await page.evaluate(() => Object(globalThis).document.querySelector('#planted').remove());
  }
  expect(await axeFindings(page)).toEqual([]);
});
