import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSlug } from '../../../shared/is-slug.ts';
import { canonicalSlug } from '../../../shared/slugs.ts';

describe('a project slug', () => {
  test.each([
    'gh/acme/web',
    'github/acme/web',
    'bb/team/repo.git',
    'circleci/Vq6mFcgSbkDv2fWLxnYQwT/9mBm2LkqQ1vYwW',
    'gh/ac-me/we_b',
  ])('may be %s', (slug) => expect(isSlug(slug)).toBe(true));

  test.each([
    '',
    'gh',
    'gh/acme',
    'gh/acme/web/',
    'gh/acme/web/more',
    '/gh/acme',
    'gh//web',
    'gh/ac me/web',
    'gh/acme/we%2Fb',
    'gh/../web',
    'gh/./web',
    'gh/acme/we?b',
    'gh/acme/we#b',
    'gh\\acme\\web',
    'gh/acme/we\nb',
  ])('is never %j', (slug) => expect(isSlug(slug)).toBe(false));

  test('has one spelling', () => {
    expect(canonicalSlug('github/acme/web')).toBe('gh/acme/web');
    expect(canonicalSlug('bitbucket/acme/web')).toBe('bb/acme/web');
    expect(canonicalSlug('GH/Acme/Web'), 'only the first part is ours to spell').toBe('gh/Acme/Web');
    expect(canonicalSlug('GitHub/acme/web')).toBe('gh/acme/web');
    expect(canonicalSlug('Other/acme/web')).toBe('Other/acme/web');
    expect(canonicalSlug('circleci/acme/web')).toBe('circleci/acme/web');
    expect(canonicalSlug('constructor/acme/web')).toBe('constructor/acme/web');
    fc.assert(fc.property(fc.string(), (text) => canonicalSlug(canonicalSlug(text)) === canonicalSlug(text)));
  });
});
