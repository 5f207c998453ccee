import type { Random } from '../platform/random.ts';
import type { SeedProject, SeedToken } from './seed-team.ts';
import { below, pick } from './seeded-random.ts';

/** As in a company that has used CircleCI for years: enough projects that a sync reads many lists, few lists are long. */
const tokensPerProject = 20;

/** One in ten, up to what one person could still have made. */
const maxPersonalTokens = 200;

const subjects = ['checkout', 'catalog', 'ledger', 'mailer', 'tracking', 'pricing', 'identity', 'reports'] as const;
const kinds = ['api', 'worker', 'web', 'importer', 'gateway', 'cron'] as const;
const uses = [
  'deploy-bot',
  'grafana-exporter',
  'status badge',
  'danger',
  'release-please',
  'renovate',
  'slack-notifier',
  'load-test',
] as const;

/** `count` more tokens for the signed-in person and for projects of a GitHub organization that exist only for them. */
export function crowd(
  random: Random,
  count: number,
  owner: { readonly login: string; readonly organization: string },
): { readonly projects: SeedProject[]; readonly tokens: SeedToken[] } {
  const personal = Math.min(Math.floor(count / 10), maxPersonalTokens);
  const projects = Array.from({ length: Math.ceil((count - personal) / tokensPerProject) }, (_, index) =>
    crowdProject(random, index, owner.organization),
  );
  const tokens = Array.from({ length: count }, (_, index): SeedToken => {
    if (index < personal) return crowdPersonalToken(random, owner.login);
    const project = projects[Math.floor((index - personal) / tokensPerProject)]?.name ?? '';
    return { ...crowdFacts(random, 1_500), project, scope: pick(random, ['status', 'view-builds', 'all']) };
  });
  return { projects, tokens };
}

function crowdProject(random: Random, index: number, organization: string): SeedProject {
  const name = `${pick(random, subjects)}-${pick(random, kinds)}-${index + 1}`;
  return { name, organization, visibility: 'private', followed: true, settings: true };
}

/** Made for a year at most, as CircleCI asks. */
function crowdPersonalToken(random: Random, login: string): SeedToken {
  const expiresInDays = 1 + below(random, 365);
  const scope = pick(random, ['read', 'write', 'admin']);
  return { ...crowdFacts(random, 366 - expiresInDays), login, scope, expiresInDays };
}

function crowdFacts(random: Random, ageLimitDays: number) {
  const ageDays = below(random, ageLimitDays);
  return { label: pick(random, uses), ageDays, usedDaysAgo: below(random, ageDays + 1) };
}
