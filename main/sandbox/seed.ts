import type { SandboxVariant } from '../../shared/contract/sandbox.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { OAuthBook } from './oauth-book.ts';
import { crowd } from './seed-crowd.ts';
import { organizations, projects, type SeedProject, type SeedToken, tokens, users } from './seed-team.ts';
import { sowVariables } from './seed-variables.ts';
import { below, createSeededRandom } from './seeded-random.ts';
import { SsoTable } from './sso.ts';
import { type Holder, type StoredToken, TokenTable } from './token-table.ts';
import { legacyValue, newUuid, newValue, uuidInBase58 } from './value-shapes.ts';
import type { Variants } from './variant.ts';
import type { Build, Organization, Project, User, World } from './world.ts';

/**
 * The world at the start. Guarantees: the same seed gives the same names, ids and values; only dates follow the clock. A
 * larger number of tokens adds to a smaller one. What keeps this is the order in which random bytes are drawn: whoever
 * draws more of them before others gives those others new ids.
 */

/** Any number would do. */
const defaultSeed = 1;
const dayMs = 86_400_000;
const shortPrefixes = { github: 'gh', bitbucket: 'bb', circleci: 'circleci' } as const;

export interface Seeded {
  readonly world: World;
  readonly personalToken: string;
  /** Every seeded project: the signed-in person sees them all. */
  readonly projects: readonly string[];
}

/** What grows while the world is sown. */
interface Field {
  readonly random: Random;
  readonly nowMs: number;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly userIds: ReadonlyMap<string, string>;
  /** By name: seeded names are unique. */
  readonly projects: Map<string, SeedProject & { readonly project: Project }>;
  readonly tokens: TokenTable;
}

export interface WantedWorld {
  readonly clock: Clock;
  readonly seed?: number;
  readonly tokens?: number;
  readonly variants?: readonly SandboxVariant[];
}

export function seedWorld(wanted: WantedWorld): Seeded {
  const { clock, seed = defaultSeed } = wanted;
  const random = createSeededRandom(seed);
  const field: Field = {
    random,
    nowMs: clock.now(),
    organizations: new Map(organizations.map((seed) => [seed.name, organizationOf(random, seed)])),
    userIds: new Map(users.map(({ login }) => [login, newUuid(random)])),
    projects: new Map(),
    tokens: new TokenTable(),
  };
  const [first, ...others] = tokens;
  // One at least: what a newcomer connects with.
  const moreTokens = Math.max((wanted.tokens ?? tokens.length) - 1, 0);
  for (const seed of projects) sowProject(field, seed);
  const signedIn = sowToken(field, first);
  for (const seed of others.slice(0, moreTokens)) sowToken(field, seed);
  const strangers = crowd(random, Math.max(moreTokens - others.length, 0), {
    login: users[0].login,
    organization: organizations[0].name,
  });
  for (const seed of strangers.projects) sowProject(field, seed);
  for (const seed of strangers.tokens) sowToken(field, seed);
  return {
    world: harvest(field, { clock, seed, variants: new Set(wanted.variants) }),
    personalToken: signedIn.value,
    projects: [...field.projects.values()].map(({ project }) => project.slug),
  };
}

function harvest(field: Field, more: { clock: Clock; seed: number; variants: Variants }): World {
  const { clock, seed, variants } = more;
  const { tokens, random, nowMs } = field;
  const projects = [...field.projects.values()].map(({ project }) => project);
  const people = users.map((user) => userOf(field, user));
  const all = [...field.organizations.values()];
  const ground = { nowMs, tokens, projects, organizations: all, users: people };
  const withSso = variants.has('sso') ? all.slice(0, 1).map(({ slug }) => slug) : [];
  return {
    users: new Map(people.map((user) => [user.id, user])),
    organizations: all,
    projects: new Map(projects.map((project) => [project.slug, project])),
    tokens,
    ...sowVariables({ ...ground, random: createSeededRandom(seed, 'variables ') }),
    oauth: new OAuthBook(random),
    // Whoever set single sign-on up has authorized the tokens that they had.
    sso: new SsoTable(
      withSso,
      tokens.all().map(({ id }) => id),
    ),
    variants,
    random,
    clock,
  };
}

function organizationOf(random: Random, seed: (typeof organizations)[number]): Organization {
  const id = newUuid(random);
  const name = seed.vcsType === 'circleci' ? uuidInBase58(id) : seed.name;
  return { ...seed, id, slug: `${shortPrefixes[seed.vcsType]}/${name}` };
}

function userOf(field: Field, seed: (typeof users)[number]): User {
  const ofTheirs = [...field.projects.values()].filter(({ organization }) =>
    seed.memberOf.some((name) => name === organization),
  );
  const slugs = (chosen: typeof ofTheirs) => new Set(chosen.map(({ project }) => project.slug));
  return {
    id: field.userIds.get(seed.login) ?? '',
    login: seed.login,
    name: seed.name,
    memberOf: new Set(seed.memberOf.map((name) => field.organizations.get(name)?.slug ?? '')),
    follows: slugs(ofTheirs.filter(({ followed }) => followed)),
    noSettingsOf: slugs(ofTheirs.filter(({ settings }) => !settings && seed.login === users[0].login)),
  };
}

function sowProject(field: Field, seed: SeedProject): void {
  const organization = field.organizations.get(seed.organization);
  if (organization === undefined) throw new Error(`the seed has no organization ${seed.organization}`);
  const id = newUuid(field.random);
  const lastPart = organization.vcsType === 'circleci' ? uuidInBase58(id) : seed.name;
  const { name, visibility } = seed;
  const slug = `${organization.slug}/${lastPart}`;
  const project = { id, slug, name, organization, visibility, builds: buildsOf(field, seed.failing === true) };
  field.projects.set(name, { ...seed, project });
}

function buildsOf({ random, nowMs }: Field, failing: boolean): Build[] {
  const newest = 100 + below(random, 4_000);
  return ['Bump dependencies', 'Fix flaky test', 'Release'].map((subject, index) => ({
    number: newest - index,
    status: failing && index === 0 ? 'failed' : 'success',
    subject,
    startedMs: nowMs - (index + 1) * dayMs,
  }));
}

function sowToken(field: Field, seed: SeedToken): StoredToken {
  const { random, nowMs } = field;
  const id = newUuid(random);
  const holder = holderOf(field, seed);
  // Not all made at the same minute of the day, and a third of a day keeps "expires in a day" in the future.
  const createdMs = nowMs - seed.ageDays * dayMs - below(random, dayMs / 3);
  const expiresInDays = 'expiresInDays' in seed ? seed.expiresInDays : undefined;
  const token: StoredToken = {
    id,
    value: seed.legacy === true ? legacyValue(random) : newValue(holder.kind, id, random),
    label: seed.label,
    holder,
    createdMs,
    ...(expiresInDays === undefined ? {} : { expiresMs: createdMs + (seed.ageDays + expiresInDays) * dayMs }),
    ...(seed.usedDaysAgo === undefined
      ? {}
      : { lastUsedMs: Math.max(createdMs, nowMs - seed.usedDaysAgo * dayMs - below(random, dayMs / 24)) }),
  };
  field.tokens.add(token);
  return token;
}

function holderOf(field: Field, seed: SeedToken): Holder {
  if ('login' in seed) {
    return { kind: 'personal', user: field.userIds.get(seed.login) ?? '', scope: seed.scope };
  }
  return { kind: 'project', project: field.projects.get(seed.project)?.project.slug ?? '', scope: seed.scope };
}
