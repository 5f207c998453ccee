import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { OAuthBook } from './oauth-book.ts';
import type { SsoTable } from './sso.ts';
import type { TokenTable } from './token-table.ts';
import type { Context, Variables } from './variables.ts';
import type { Variants } from './variant.ts';

/** All that the sandbox knows. People, organizations and projects stay as seeded; tokens, variables and sign-ins come and go. */
export interface World {
  readonly users: ReadonlyMap<string, User>;
  readonly organizations: readonly Organization[];
  /** By slug in its short spelling (`gh/…`). */
  readonly projects: ReadonlyMap<string, Project>;
  readonly tokens: TokenTable;
  /** By id. */
  readonly contexts: ReadonlyMap<string, Context>;
  /** By the project's slug; a project without variables need not be there. */
  readonly projectVariables: Map<string, Variables>;
  readonly oauth: OAuthBook;
  readonly sso: SsoTable;
  /** What kind of CircleCI this is. */
  readonly variants: Variants;
  readonly random: Random;
  readonly clock: Clock;
}

export interface User {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  /** Slugs of the organizations whose projects this person sees. */
  readonly memberOf: ReadonlySet<string>;
  /** Slugs of the projects whose settings this person may not open: CircleCI answers 403 about their tokens. */
  readonly noSettingsOf: ReadonlySet<string>;
  readonly follows: ReadonlySet<string>;
}

export interface Organization {
  readonly id: string;
  /** `gh/acme`, `bb/acme`, `circleci/<opaque id>`. */
  readonly slug: string;
  readonly name: string;
  readonly vcsType: 'github' | 'bitbucket' | 'circleci';
}

export interface Project {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly organization: Organization;
  readonly visibility: 'public' | 'private';
  /** Newest first. */
  readonly builds: readonly Build[];
}

export interface Build {
  readonly number: number;
  readonly status: 'success' | 'failed';
  readonly subject: string;
  readonly startedMs: number;
}
