import { expect, test } from 'vitest';
import { tokenNames } from '../../../../renderer/text/token-names.ts';
import type { Token } from '../../../../shared/contract/token.ts';
import { someNames } from '../../../../shared/some-names.ts';
import { sampleAccount } from '../../../support/contract-samples.ts';
import { inDays, someToken } from '../../../support/some-token.ts';

const [acme, other] = ['a'.repeat(32), 'b'.repeat(32)] as const;

function namesOf(...tokens: Token[]) {
  const slugs = [...new Set(tokens.flatMap(({ project }) => (project === undefined ? [] : [project])))];
  const projects = slugs.map((slug) => ({
    slug,
    account: acme,
    name: slug.split('/').at(-1) ?? '',
    watched: 'followed' as const,
  }));
  const names = tokenNames({
    accounts: [sampleAccount({ id: acme, name: 'Acme' }), sampleAccount({ id: other, name: 'Other' })],
    projects,
    tokens,
    rotations: [],
  });
  return { names, apart: tokens.map(names.apart) };
}

test('a token alone with its label is told by that and its last characters', () => {
  expect(namesOf(someToken({ label: 'badge' }), someToken({ label: 'deploy', tail: '7f3a' })).apart).toEqual([
    'badge',
    'deploy 7f3a',
  ]);
});

test('twins are told apart by project, then account, then age', () => {
  const label = 'deploy-bot';
  const { apart } = namesOf(
    someToken({ label, tail: '7f3a' }),
    someToken({ label, project: 'gh/acme/api' }),
    someToken({ label, project: 'gh/acme/pay', createdAt: inDays(-30) }),
    someToken({ label, project: 'gh/acme/pay', createdAt: inDays(-2) }),
    someToken({ label, project: 'gh/acme/docs' }),
    someToken({ label, project: 'gh/acme/docs', account: other }),
  );
  expect(apart).toEqual([
    'deploy-bot 7f3a (web)',
    'deploy-bot (api)',
    'deploy-bot (pay, Acme, made 24 Oct 2026)',
    'deploy-bot (pay, Acme, made 21 Nov 2026)',
    'deploy-bot (docs, Acme)',
    'deploy-bot (docs, Other)',
  ]);
});

test('personal twins are told apart by their accounts; what is past is nobody to be taken for', () => {
  const label = 'laptop';
  const personal = (parts: Partial<Token>) => {
    const { project: _none, ...token } = someToken({ label, kind: 'personal', ...parts });
    return token;
  };
  expect(namesOf(personal({}), personal({ account: other })).apart).toEqual([
    'laptop (Personal, Acme)',
    'laptop (Personal, Other)',
  ]);
  expect(namesOf(personal({}), personal({ state: 'revoked' })).apart[0]).toBe('laptop');
});

test('about one it says where it is and how old', () => {
  const token = someToken();
  expect(namesOf(token).names.about(token)).toBe('web, Acme, made 15 Aug 2026');
});

test('of many, six by name', () => {
  expect(someNames(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d, e, f');
  expect(someNames(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])).toBe('a, b, c, d, e, f and 2 more');
});
