import { expect, test } from 'vitest';
import { badgeAround } from '../../../shared/badge.ts';

test.each(['https://circleci.com', 'https://ci.example.org:8443'])('a badge of %s asks no other host', (origin) => {
  const { before, after } = badgeAround(origin, 'gh/acme/web');
  expect(`${before}VALUE${after}`).toBe(
    `[![CircleCI](${origin}/gh/acme/web.svg?style=svg&circle-token=VALUE)](${origin}/gh/acme/web)`,
  );
});

test('no name of a project ends the link early', () => {
  const { before, after } = badgeAround('https://circleci.com', 'gh/acme/web)](x');
  expect(before + after).toBe(
    '[![CircleCI](https://circleci.com/gh/acme/web%29%5D%28x.svg?style=svg&circle-token=)](https://circleci.com/gh/acme/web%29%5D%28x)',
  );
});
