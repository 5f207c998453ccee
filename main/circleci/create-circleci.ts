import type { Clock } from '../platform/clock.ts';
import type { Observe } from '../platform/observe.ts';
import type { Random } from '../platform/random.ts';
import type { CircleCi, HostMemory } from './circleci.ts';
import type { ProxyEnvironment } from './connections.ts';
import { createExchange } from './exchange.ts';
import { createHttp } from './http.ts';
import { createInventory } from './inventory.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { createOAuth } from './oauth.ts';
import { createPace } from './pace.ts';
import { createPersonalTokens } from './personal-tokens.ts';
import { createProjectTokens } from './project-tokens.ts';
import { createProofs } from './proofs.ts';

export interface CircleCiOptions {
  readonly memory: HostMemory;
  readonly clock: Clock;
  /** For what only this process and CircleCI may know while somebody signs in. */
  readonly random: Random;
  readonly observe: Observe;
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are looked up: `process.env`, or what a test gives. */
  readonly environment: ProxyEnvironment;
  readonly limits?: Partial<Limits>;
  /** A host asked for a pause: `pauses` says more. */
  readonly paused?: () => void;
}

/** The one client of every host. Holds connections and no token. */
export function createCircleCi({
  memory,
  clock,
  random,
  observe,
  environment,
  paused = () => {},
  ...rest
}: CircleCiOptions): CircleCi {
  const limits = { ...defaultLimits, ...rest.limits };
  const http = createHttp(environment, limits);
  const pace = createPace({ clock, patienceMs: limits.patienceMs, paused });
  const exchange = createExchange({ http, clock, observe, limits, pace });
  const { identify, organizations, followedProjects } = createInventory(exchange);
  const personal = createPersonalTokens({ exchange, memory, identify });
  const project = createProjectTokens({ exchange, memory, identify });
  const { readProject, readBadge } = createProofs(exchange);
  const { beginSignIn } = createOAuth({ exchange, clock, random });

  return {
    identify,
    organizations,
    followedProjects,
    listTokens: async (caller, place) =>
      place.kind === 'personal' ? personal.list(caller) : project.list(caller, place.slug),
    createToken: async (caller, place, request, leaving) =>
      place.kind === 'personal'
        ? personal.create(caller, request, leaving)
        : project.create(caller, place.slug, request, leaving),
    deleteToken: async (caller, place, remoteId) =>
      place.kind === 'personal' ? personal.delete(caller, remoteId) : project.delete(caller, place.slug, remoteId),
    readProject,
    readBadge,
    pauses: () => pace.pauses(),
    beginSignIn,
    close: () => http.close(),
  };
}
