import type { PersonalAccess, ProjectScope } from './token-table.ts';
import type { Project } from './world.ts';

/**
 * A team that might exist: what a newcomer sees first. Every kind of token that Rondo treats differently is here: legacy
 * values, every scope, two of one label in one project, never used, expiring, expired, and a colleague's.
 */

/** The first is signed in. */
export const users = [
  { login: 'maya-okafor', name: 'Maya Okafor', memberOf: ['tidewater', 'tidewater-finance', 'Tidewater Labs'] },
  { login: 'jonas-lind', name: 'Jonas Lind', memberOf: ['tidewater'] },
] as const;

/** `circleci` organizations have opaque ids in their slugs instead of names. */
export const organizations = [
  { name: 'tidewater', vcsType: 'github' },
  { name: 'tidewater-finance', vcsType: 'bitbucket' },
  { name: 'Tidewater Labs', vcsType: 'circleci' },
] as const;

export interface SeedProject {
  readonly name: string;
  readonly organization: string;
  readonly visibility: Project['visibility'];
  /** By the signed-in person. */
  readonly followed: boolean;
  /** False: the signed-in person reads the project, but may not open its settings. */
  readonly settings: boolean;
  readonly failing?: true;
}

const usual = { visibility: 'private', followed: true, settings: true } as const;

/** The first one is a good one to try things in: private, followed, open to the signed-in person. */
export const projects: readonly SeedProject[] = [
  { ...usual, name: 'web', organization: 'tidewater' },
  { ...usual, name: 'api', organization: 'tidewater' },
  { ...usual, name: 'mobile', organization: 'tidewater', failing: true },
  { ...usual, name: 'design-system', organization: 'tidewater', visibility: 'public' },
  { ...usual, name: 'billing', organization: 'tidewater-finance' },
  { ...usual, name: 'search', organization: 'Tidewater Labs' },
  { ...usual, name: 'data-warehouse', organization: 'tidewater', followed: false },
  { ...usual, name: 'infrastructure', organization: 'tidewater', settings: false },
];

interface SeedTokenFacts {
  readonly label: string;
  readonly ageDays: number;
  /** Absent: never used. */
  readonly usedDaysAgo?: number;
  /** A value from before July 2023: 40 hex digits. */
  readonly legacy?: true;
}

export type SeedToken = SeedTokenFacts &
  (
    | { readonly login: string; readonly scope: PersonalAccess; readonly expiresInDays?: number }
    | { readonly project: string; readonly scope: ProjectScope }
  );

const maya = { login: 'maya-okafor' } as const;
const jonas = { login: 'jonas-lind' } as const;

/** The first is what a newcomer connects with. Whoever asks for fewer tokens gets the first ones. */
export const tokens: readonly [SeedToken, ...SeedToken[]] = [
  { ...maya, label: 'rondo', scope: 'admin', ageDays: 3 },
  { project: 'web', label: 'deploy-bot', scope: 'all', ageDays: 612, usedDaysAgo: 0 },
  { project: 'web', label: 'status badge', scope: 'status', ageDays: 1_530, usedDaysAgo: 0, legacy: true },
  { ...maya, label: 'circleci-cli', scope: 'admin', ageDays: 200, usedDaysAgo: 1, expiresInDays: 165 },
  { ...jonas, label: 'jonas-laptop', scope: 'admin', ageDays: 90, usedDaysAgo: 0, expiresInDays: 275 },
  { ...maya, label: 'old-laptop', scope: 'admin', ageDays: 1_610, usedDaysAgo: 704, legacy: true },
  { ...maya, label: 'editor-extension', scope: 'read', ageDays: 83, usedDaysAgo: 2, expiresInDays: 7 },
  { ...maya, label: 'release-please', scope: 'write', ageDays: 336, usedDaysAgo: 4, expiresInDays: 29 },
  { ...maya, label: 'terraform', scope: 'admin', ageDays: 89, usedDaysAgo: 1, expiresInDays: 1 },
  { ...maya, label: 'hackday', scope: 'write', ageDays: 377, usedDaysAgo: 376, expiresInDays: -12 },
  { ...jonas, label: 'orb-publishing', scope: 'admin', ageDays: 1_290, usedDaysAgo: 31, legacy: true },
  { project: 'web', label: 'grafana-exporter', scope: 'view-builds', ageDays: 421, usedDaysAgo: 0 },
  { project: 'web', label: 'danger', scope: 'view-builds', ageDays: 260, usedDaysAgo: 1 },
  { project: 'api', label: 'deploy-bot', scope: 'all', ageDays: 598, usedDaysAgo: 0 },
  { project: 'api', label: 'grafana-exporter', scope: 'view-builds', ageDays: 421, usedDaysAgo: 0 },
  { project: 'api', label: 'status badge', scope: 'status', ageDays: 1_404, usedDaysAgo: 3, legacy: true },
  { project: 'mobile', label: 'fastlane', scope: 'all', ageDays: 145, usedDaysAgo: 6 },
  { project: 'mobile', label: 'status badge', scope: 'status', ageDays: 144 },
  { project: 'design-system', label: 'chromatic', scope: 'view-builds', ageDays: 77, usedDaysAgo: 5 },
  { project: 'billing', label: 'deploy-bot', scope: 'all', ageDays: 1_480, usedDaysAgo: 410, legacy: true },
  { project: 'billing', label: 'deploy-bot', scope: 'all', ageDays: 410, usedDaysAgo: 2 },
  { project: 'search', label: 'nightly-reindex', scope: 'all', ageDays: 52, usedDaysAgo: 0 },
  { project: 'data-warehouse', label: 'airflow', scope: 'view-builds', ageDays: 733, usedDaysAgo: 0 },
  { project: 'infrastructure', label: 'atlantis', scope: 'all', ageDays: 305, usedDaysAgo: 0 },
];
