import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestLabel, noFilter, searchable, shownTokens, urgencyOf } from '../../../../renderer/state/list-filter.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { inDays, someToken } from '../../../support/some-token.ts';

function shown(all: ReturnType<typeof someToken>[], search = '', filter = {}) {
  const asked = { search, filter: { ...noFilter, ...filter } };
  const { shown: items, ...counts } = shownTokens(
    all.map((token) => searchable(token, 'the web shop')),
    asked,
    someMorning,
  );
  return { tokens: items.map(({ token }) => token), ...counts };
}

describe('what the list shows', () => {
  test('gone and deleted ones are hidden and counted apart', () => {
    const tokens = [someToken(), someToken({ state: 'gone' }), someToken({ state: 'revoked' })];
    expect(shown(tokens)).toEqual({ tokens: [tokens[0]], hidden: 0, hiddenPast: 2 });
    expect(shown(tokens, '', { past: 'shown' }).tokens).toHaveLength(3);
  });

  test('search and filters narrow together, and say how many they hide', () => {
    const wanted = someToken({ label: 'deploy', scope: 'admin' });
    const tokens = [
      wanted,
      someToken({ label: 'deploy', scope: 'status' }),
      someToken({ label: 'badge', scope: 'admin' }),
    ];
    expect(shown(tokens, 'depl', { may: 'admin' })).toEqual({ tokens: [wanted], hidden: 2, hiddenPast: 0 });
  });

  test('a project is found by the name that the list shows, and by its slug', () => {
    const tokens = [someToken({ label: 'deploy', project: 'circleci/9f3a/17bc' })];
    expect(shown(tokens, 'shop').tokens).toEqual(tokens);
    expect(shown(tokens, '17bc').tokens).toEqual(tokens);
  });

  test('due within counts what is over as well', () => {
    const tokens = [
      someToken({ dueAt: inDays(-5) }),
      someToken({ dueAt: inDays(6) }),
      someToken({ dueAt: inDays(8) }),
      someToken(),
    ];
    expect(shown(tokens, '', { dueWithinDays: 7 }).tokens).toEqual(tokens.slice(0, 2));
  });

  test('every token is shown or counted as hidden, whatever is asked', () => {
    const token = fc.record({
      kind: fc.constantFrom('personal' as const, 'project' as const),
      state: fc.constantFrom('active' as const, 'gone' as const, 'revoked' as const, 'expired' as const),
      label: fc.constantFrom('deploy', 'badge', 'Ärger', ''),
      hasValue: fc.constantFrom('none' as const, 'sealed' as const, 'kept' as const),
    });
    const filter = fc.record({
      kind: fc.constantFrom('any' as const, 'personal' as const),
      value: fc.constantFrom('any' as const, 'sealed' as const),
      past: fc.constantFrom('hidden' as const, 'shown' as const),
    });
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 20 }),
        filter,
        fc.constantFrom('', 'dep', 'är  ', 'zzz'),
        (parts, asked, search) => {
          const tokens = parts.map((part) => someToken(part));
          const { tokens: seen, hidden, hiddenPast } = shown(tokens, search, asked);
          expect(seen.length + hidden + hiddenPast).toBe(tokens.length);
        },
      ),
    );
  });
});

test('a mistyped search finds the label that was meant, and nonsense finds none', () => {
  const tokens = ['grafana-exporter', 'deploy-bot', 'badge'].map((label) => someToken({ label }));
  expect(nearestLabel(tokens, 'grafna')).toBe('grafana-exporter');
  expect(nearestLabel(tokens, 'depoly')).toBe('deploy-bot');
  expect(nearestLabel(tokens, 'xyzzy')).toBeUndefined();
});

test('a search for what was deleted is not told that it is near itself', () => {
  expect(nearestLabel([someToken({ label: 'deploy-bot', state: 'revoked' })], 'deploy-bot')).toBeUndefined();
});

test('the list begins with what is most urgent', () => {
  const tokens = [
    someToken({ label: 'gone', state: 'gone' }),
    someToken({ label: 'endless' }),
    someToken({ label: 'course', dueAt: inDays(90) }),
    someToken({ label: 'due', dueAt: inDays(9) }),
    someToken({ label: 'over', dueAt: inDays(-9) }),
    someToken({ label: 'expired', expiresAt: inDays(-1), dueAt: inDays(-1) }),
    someToken({ label: 'leaked', state: 'leaked' }),
  ];
  const ordered = tokens.toSorted((left, right) => urgencyOf(left, someMorning) - urgencyOf(right, someMorning));
  expect(ordered.map(({ label }) => label)).toEqual(['leaked', 'expired', 'over', 'due', 'course', 'endless', 'gone']);
});
