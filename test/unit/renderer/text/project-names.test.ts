import { expect, test } from 'vitest';
import { projectNames, wholeProjectName } from '../../../../renderer/text/project-names.ts';

const opaque = 'circleci/UGfK741VqkQdoCuBCNTup2/XrQ4UnTxZ9sci2GzHawVyj';
const followed = (slug: string) => ({ slug, name: slug.split('/').at(-1) ?? '' });

test('a project is called by its name, also where its slug holds ids', () => {
  const name = projectNames([followed('gh/acme/web'), { slug: opaque, name: 'search' }]);
  expect(name('gh/acme/web')).toBe('web');
  expect(name(opaque)).toBe('search');
  expect(name(undefined)).toBe('Personal');
});

test('one that was added by hand is called as one that is followed', () => {
  expect(projectNames([{ slug: 'gh/acme/web', name: 'acme/web' }])('gh/acme/web')).toBe('web');
});

test('two of one name are told apart by their organizations, two of one organization by their hosts', () => {
  const name = projectNames(
    ['gh/acme/web', 'gh/other/web', 'bb/acme/api', 'gh/acme/api', 'gh/acme/docs'].map(followed),
  );
  expect(['gh/acme/web', 'gh/other/web', 'bb/acme/api', 'gh/acme/api', 'gh/acme/docs'].map(name)).toEqual([
    'acme/web',
    'other/web',
    'bb/acme/api',
    'gh/acme/api',
    'docs',
  ]);
});

test('the same one in two accounts is one', () => {
  expect(projectNames([followed('gh/acme/web'), followed('gh/acme/web')])('gh/acme/web')).toBe('web');
});

test('one that the vault does not list is never taken for another', () => {
  expect(projectNames([followed('gh/acme/web')])('gh/other/web')).toBe('other/web');
});

test('with room, all of it', () => {
  const projects = [followed('gh/acme/web'), { slug: opaque, name: 'search' }];
  expect(wholeProjectName('gh/acme/web', projects)).toBe('gh/acme/web');
  expect(wholeProjectName(opaque, projects)).toBe(`search, ${opaque}`);
  expect(wholeProjectName(opaque, [])).toBe(opaque);
});
