import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  badgePath,
  personalTokensPath,
  projectPath,
  projectTokensPath,
  slugPath,
} from '../../../main/circleci/paths.ts';
import { isSlug } from '../../../shared/is-slug.ts';
import { canonicalSlug } from '../../../shared/slugs.ts';
import { personalValue } from '../../support/circleci-client.ts';

describe('paths', () => {
  test('are what CircleCI answers to', () => {
    expect(personalTokensPath('v1.1')).toBe('/api/v1.1/user/token');
    expect(personalTokensPath('v1', 'a-b')).toBe('/api/v1/user/token/a-b');
    expect(projectTokensPath('github/acme/web')).toBe('/api/v1.1/project/gh/acme/web/token');
    expect(projectTokensPath('gh/acme/web', 'x1')).toBe('/api/v1.1/project/gh/acme/web/token/x1');
    expect(projectPath('circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat')).toBe(
      '/api/v1.1/project/circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat?limit=1',
    );
    expect(badgePath('bitbucket/acme/web')).toBe('/bb/acme/web.svg?style=svg');
  });

  test('every slug stays three segments whose decoding gives the slug back, on any server', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(segment, segment, segment, (vcs, owner, name) => {
        const slug = `${vcs}/${owner}/${name}`;
        fc.pre(isSlug(slug));
        const path = slugPath(slug);
        expect(path).toMatch(/^[\x21-\x7e]+$/);
        expect(path.split('/').map(decodeURIComponent)).toEqual(canonicalSlug(slug).split('/'));
        expect(new URL(`https://h/${path}/token`).pathname).toBe(`/${path}/token`);
      }),
    );
  });

  test.each([
    ['gh/acme'],
    ['gh/acme/web/more'],
    ['gh/../web'],
    ['gh/acme/'],
    ['gh/ac me/web'],
    ['gh/acme/web%2Ftoken'],
    ['gh/acme/\ud800'],
  ])('the slug %j is refused', (slug) => {
    expect(() => slugPath(slug)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  test.each([
    [''],
    ['.'],
    ['..'],
    ['a/b'],
    ['a?b'],
    ['a b'],
    ['%2e%2e'],
    [personalValue],
    ['0123456789abcdef0123456789abcdef01234567'],
  ])('the id %j never becomes a path', (remoteId) => {
    expect(() => personalTokensPath('v1', remoteId)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => projectTokensPath('gh/acme/web', remoteId)).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });
});
