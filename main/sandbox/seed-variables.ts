import type { Random } from '../platform/random.ts';
import type { TokenTable } from './token-table.ts';
import { legacyValue, newUuid } from './value-shapes.ts';
import { type Context, setVariable, type Variables } from './variables.ts';
import type { Organization, Project, User } from './world.ts';

/** Where the team uses its tokens: names as tools expect them. `token` is the label of the one whose value it holds. */
interface SeedVariable {
  readonly name: string;
  readonly token?: string;
  readonly ageDays: number;
}

interface SeedContext {
  readonly name: string;
  readonly organization: string;
  /** Logins of those who may change it. */
  readonly writers?: readonly string[];
  readonly variables: readonly SeedVariable[];
}

const contexts: readonly SeedContext[] = [
  {
    name: 'release',
    organization: 'tidewater',
    variables: [
      { name: 'CIRCLE_TOKEN', token: 'release-please', ageDays: 336 },
      { name: 'NPM_TOKEN', ageDays: 512 },
      { name: 'SLACK_WEBHOOK', ageDays: 700 },
    ],
  },
  {
    name: 'orb-publishing',
    organization: 'tidewater',
    variables: [{ name: 'CIRCLE_TOKEN', token: 'orb-publishing', ageDays: 1_290 }],
  },
  {
    name: 'infrastructure',
    organization: 'tidewater',
    writers: ['jonas-lind'],
    variables: [{ name: 'CIRCLECI_API_TOKEN', token: 'terraform', ageDays: 89 }],
  },
  {
    // From before there was a limit: CircleCI lists the first hundred only.
    name: 'everything',
    organization: 'tidewater',
    variables: Array.from({ length: 104 }, (_, index) => ({ name: `SETTING_${index + 1}`, ageDays: 1_200 })),
  },
  {
    name: 'ledger',
    organization: 'tidewater-finance',
    variables: [{ name: 'AWS_ACCESS_KEY_ID', ageDays: 410 }],
  },
  { name: 'search', organization: 'Tidewater Labs', variables: [] },
];

const projectVariables: Readonly<Record<string, readonly SeedVariable[]>> = {
  web: [
    { name: 'DANGER_CIRCLE_CI_API_TOKEN', token: 'danger', ageDays: 260 },
    { name: 'SENTRY_DSN', ageDays: 800 },
  ],
  search: [{ name: 'CIRCLECI_TOKEN', token: 'nightly-reindex', ageDays: 52 }],
};

const dayMs = 86_400_000;

export interface Ground {
  /** A stream of its own: what is sown here gives no token another id. */
  readonly random: Random;
  readonly nowMs: number;
  readonly organizations: readonly Organization[];
  readonly projects: readonly Project[];
  readonly users: readonly User[];
  readonly tokens: TokenTable;
}

export function sowVariables(ground: Ground): {
  readonly contexts: ReadonlyMap<string, Context>;
  readonly projectVariables: Map<string, Variables>;
} {
  const sown = contexts.map((seed) => contextOf(ground, seed));
  const ofProjects = Object.entries(projectVariables).flatMap(([name, seeds]) => {
    const project = ground.projects.find((one) => one.name === name);
    return project === undefined ? [] : [[project.slug, variablesOf(ground, seeds)] as const];
  });
  return { contexts: new Map(sown.map((context) => [context.id, context])), projectVariables: new Map(ofProjects) };
}

function contextOf(ground: Ground, { name, organization, writers, variables }: SeedContext): Context {
  const owner = ground.organizations.find((one) => one.name === organization);
  if (owner === undefined) throw new Error(`the seed has no organization ${organization}`);
  const ids = ground.users.filter(({ login }) => writers?.includes(login)).map(({ id }) => id);
  return {
    id: newUuid(ground.random),
    name,
    organization: owner.slug,
    createdMs: ground.nowMs - 1_400 * dayMs,
    ...(writers === undefined ? {} : { writers: new Set(ids) }),
    variables: variablesOf(ground, variables),
  };
}

function variablesOf({ random, nowMs, tokens }: Ground, seeds: readonly SeedVariable[]): Variables {
  const variables: Variables = new Map();
  for (const { name, token, ageDays } of seeds) {
    const held = tokens.all().find(({ label }) => label === token)?.value;
    setVariable(variables, { name, value: held ?? legacyValue(random), nowMs: nowMs - ageDays * dayMs });
  }
  return variables;
}
