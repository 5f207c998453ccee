import { describe, expect, test } from 'vitest';
import { seedWorld } from '../../../main/sandbox/seed.ts';
import type { StoredToken } from '../../../main/sandbox/token-table.ts';
import { fakeClock, someMorning } from '../../support/fake-clock.ts';

const dayMs = 86_400_000;
const clock = fakeClock();
const sow = (options: { seed?: number; tokens?: number } = {}) => seedWorld({ clock, ...options });
const seeded = sow();
const tokens = seeded.world.tokens.all();
const personal = (label: string) => tokens.find((token) => token.label === label && token.holder.kind === 'personal');
const expiresInDays = (token: StoredToken | undefined) => ((token?.expiresMs ?? Number.NaN) - someMorning) / dayMs;

describe('the team', () => {
  test('has three organizations of three kinds and eight projects', () => {
    expect(seeded.world.organizations.map(({ vcsType }) => vcsType)).toEqual(['github', 'bitbucket', 'circleci']);
    expect(seeded.projects).toHaveLength(8);
    const projects = [...seeded.world.projects.values()];
    expect(projects.filter(({ visibility }) => visibility === 'public').map(({ name }) => name)).toEqual([
      'design-system',
    ]);
  });

  test('has 24 tokens of every scope and access', () => {
    expect(tokens).toHaveLength(24);
    const scopes = new Set(tokens.map(({ holder }) => `${holder.kind} ${holder.scope}`));
    expect([...scopes].sort()).toEqual([
      'personal admin',
      'personal read',
      'personal write',
      'project all',
      'project status',
      'project view-builds',
    ]);
  });

  test('signs in with an admin token named rondo that never expires', () => {
    expect(personal('rondo')).toMatchObject({ value: seeded.personalToken, holder: { scope: 'admin' } });
    expect(personal('rondo')).not.toHaveProperty('expiresMs');
  });

  test('has personal tokens that expire within a day, a week and a month, and one that has', () => {
    expect(expiresInDays(personal('terraform'))).toBeGreaterThan(0);
    expect(expiresInDays(personal('terraform'))).toBeLessThanOrEqual(1);
    expect(expiresInDays(personal('editor-extension'))).toBeLessThanOrEqual(7);
    expect(expiresInDays(personal('release-please'))).toBeLessThanOrEqual(30);
    expect(expiresInDays(personal('hackday'))).toBeLessThan(0);
  });

  test('has a few legacy values, all made before July 2023', () => {
    const legacy = tokens.filter(({ value }) => /^[0-9a-f]{40}$/.test(value));
    expect(legacy).toHaveLength(5);
    for (const token of legacy) expect(token.createdMs).toBeLessThan(Date.parse('2023-07-06'));
  });

  test('has two tokens of one label in one project', () => {
    const billing = tokens.filter(({ holder }) => holder.kind === 'project' && holder.project.endsWith('/billing'));
    expect(billing.map(({ label }) => label)).toEqual(['deploy-bot', 'deploy-bot']);
  });
});

describe.each([24, 10_000])('with %i tokens', (count) => {
  const all = sow({ tokens: count }).world.tokens.all();

  test('every token was made before it was used, and both lie in the past', () => {
    const wrong = all.filter(
      ({ createdMs, lastUsedMs = createdMs }) => lastUsedMs < createdMs || lastUsedMs > someMorning,
    );
    expect(wrong).toEqual([]);
  });

  test('no token lives longer than a year after it was made', () => {
    const expiring = all.filter(({ expiresMs }) => expiresMs !== undefined);
    expect(expiring.length).toBeGreaterThan(4);
    const wrong = expiring.filter(({ createdMs, expiresMs = 0 }) => expiresMs - createdMs > 366 * dayMs);
    expect(wrong).toEqual([]);
  });

  test('ids and values are unique', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ value }) => value)).size).toBe(all.length);
  });
});

describe('a seed', () => {
  const facts = (from: ReturnType<typeof sow>) => ({
    tokens: from.world.tokens.all(),
    projects: [...from.world.projects.values()],
    users: [...from.world.users.values()],
    personalToken: from.personalToken,
  });

  test('gives the same world twice', () => {
    expect(facts(sow({ seed: 7, tokens: 200 }))).toEqual(facts(sow({ seed: 7, tokens: 200 })));
  });

  test('gives another world than another seed', () => {
    const values = new Set(tokens.map(({ value }) => value));
    const others = sow({ seed: 7 }).world.tokens.all();
    expect(others.filter(({ value }) => values.has(value))).toEqual([]);
    expect(others.map(({ label }) => label)).toEqual(tokens.map(({ label }) => label));
  });

  test('gives the same ids and values whatever the time', () => {
    const later = seedWorld({ clock: fakeClock(someMorning + 1_000 * dayMs) }).world.tokens.all();
    expect(later.map(({ id, value }) => [id, value])).toEqual(tokens.map(({ id, value }) => [id, value]));
  });
});

describe('a number of tokens', () => {
  test.each([1, 5, 24, 25, 100, 3_000])('%i gives exactly as many, the first always the same', (count) => {
    const { world, personalToken } = sow({ tokens: count });
    expect(world.tokens.all()).toHaveLength(count);
    expect(personalToken).toBe(seeded.personalToken);
    expect(world.tokens.all().slice(0, 24)).toEqual(tokens.slice(0, count));
  });

  test('0 leaves the one to sign in with', () => {
    expect(sow({ tokens: 0 }).world.tokens.all()).toMatchObject([{ label: 'rondo' }]);
  });

  test('large brings more projects, which the person follows and whose tokens are spread over them', () => {
    const { world, projects } = sow({ tokens: 3_000 });
    expect(projects.length).toBeGreaterThan(100);
    const [maya] = world.users.values();
    expect(maya?.follows.size).toBe(projects.length - 1);
    const counts = projects.map((project) => world.tokens.list({ kind: 'project', project }).length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeLessThanOrEqual(20);
    expect(world.tokens.list({ kind: 'personal', user: maya?.id ?? '' })).toHaveLength(7 + 200);
  });
});
