import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIdentity, parseOrganizations, parseProjects } from '../../../main/circleci/inventory-responses.ts';

describe('identity', () => {
  test('needs an id and a login; the name is a decoration', () => {
    expect(parseIdentity({ id: 'u1', login: 'ada', name: 'Ada', avatar_url: 'x' })).toEqual({
      userId: 'u1',
      login: 'ada',
      name: 'Ada',
    });
    expect(parseIdentity({ id: 7, login: 'ada', name: null })).toEqual({ userId: '7', login: 'ada' });
    for (const answer of [{ login: 'ada' }, { id: 'u1' }, { id: '', login: '' }, [], 'html', undefined, null]) {
      expect(parseIdentity(answer)).toBeUndefined();
    }
  });
});

describe('organizations', () => {
  test('may lack an id, and spell their kind with a hyphen or an underscore', () => {
    expect(
      parseOrganizations([
        { id: 'o1', 'vcs-type': 'github', name: 'Acme', slug: 'github/acme', avatar_url: 'x' },
        { id: null, 'vcs-type': 'bitbucket', name: 'beta' },
        { vcs_type: 'github', name: 'gamma' },
        { id: 'o4' },
        'broken',
      ]),
    ).toEqual([
      { id: 'o1', slug: 'gh/acme', name: 'Acme' },
      { slug: 'bb/beta', name: 'beta' },
      { slug: 'gh/gamma', name: 'gamma' },
    ]);
    expect(parseOrganizations({ items: [] })).toBeUndefined();
  });
});

describe('followed projects', () => {
  test.each([
    [{ slug: 'github/acme/web', reponame: 'web' }, 'gh/acme/web', 'web'],
    [{ slug: 'gh/acme/web', name: 'The web' }, 'gh/acme/web', 'The web'],
    [{ vcs_type: 'github', username: 'acme', reponame: 'web' }, 'gh/acme/web', 'web'],
    [{ 'vcs-type': 'bitbucket', username: 'acme', reponame: 'web' }, 'bb/acme/web', 'web'],
    [
      { vcs_url: 'https://github.com/acme/web', username: 'acme', reponame: 'web', followed: true },
      'gh/acme/web',
      'web',
    ],
    [{ vcs_url: 'https://bitbucket.org/acme/web.git' }, 'bb/acme/web', 'web'],
    [{ vcs_type: 'github', vcs_url: 'https://github.example.com/acme/web' }, 'gh/acme/web', 'web'],
    [
      {
        vcs_type: 'circleci',
        vcs_url: '//circleci.com/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat',
        username: 'Acme',
        reponame: 'web',
      },
      'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat',
      'web',
    ],
    [{ slug: 'not a slug', vcs_type: 'github', username: 'acme', reponame: 'web' }, 'gh/acme/web', 'web'],
  ])('%j', (row, slug, name) => {
    expect(parseProjects([row])).toEqual([{ slug, name }]);
  });

  test('the same project comes once; what cannot be named, or is not followed, does not come', () => {
    expect(
      parseProjects([
        { slug: 'github/acme/web' },
        { vcs_type: 'github', username: 'acme', reponame: 'web' },
        { slug: 'gh/acme/api', followed: false },
        { vcs_type: 'circleci', username: 'Acme', reponame: 'By name' },
        { vcs_url: 'https://constructor/acme/web' },
        {},
        null,
      ]),
    ).toEqual([{ slug: 'gh/acme/web', name: 'web' }]);
    expect(parseProjects('<html>')).toBeUndefined();
  });

  test('whatever comes as JSON, reading it never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        parseProjects(answer);
        parseOrganizations(answer);
        parseIdentity(answer);
      }),
    );
  });
});
