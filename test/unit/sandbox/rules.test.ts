import { expect, test } from 'vitest';
import { requireManageable, requireReadable } from '../../../main/sandbox/rules.ts';
import { seedWorld } from '../../../main/sandbox/seed.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const slug = 'gh/tidewater/design-system';

test('a person outside the organization reads its public project, but does not manage its tokens', () => {
  const { world, personalToken } = seedWorld({ clock: fakeClock() });
  const token = world.tokens.working(personalToken, world.clock.now());
  const [user] = world.users.values();
  if (token === undefined || user === undefined) throw new Error('the seed has nobody');
  const member = { kind: 'user', user, token, access: 'admin', closed: new Set<string>() } as const;
  const outsider = { ...member, user: { ...user, memberOf: new Set<string>() } };
  expect(requireManageable(world, member, slug).name).toBe('design-system');
  expect(requireReadable(world, outsider, slug).name).toBe('design-system');
  expect(() => requireManageable(world, outsider, slug)).toThrow('Permission denied');
});
