import { Refusal } from './answer.ts';
import type { Caller } from './caller.ts';
import type { PersonalAccess } from './token-table.ts';
import type { Project, User, World } from './world.ts';

/**
 * Who may do what, as CircleCI decides it. Guarantees: a private project never shows that it exists to somebody who may
 * not see it (404 for no token, a dead one and a foreign one alike); nothing but a personal token manages tokens.
 * Rondo's proofs stand on these answers: what changes here changes what a proof proves.
 */

const notFound = (): Refusal => new Refusal(404, 'Project not found');
const denied = (): Refusal => new Refusal(403, 'Permission denied');
/** Which status CircleCI gives is not documented. */
const unauthorizedForSso = (): Refusal =>
  new Refusal(403, 'This organization uses single sign-on: authorize the token for it in User Settings');

/** v2, and everything on v1 and v1.1 that belongs to a person. @throws Refusal 401 for all but a working personal token */
export function requireUser(caller: Caller): User {
  if (caller.kind === 'user') return caller.user;
  throw new Refusal(401, caller.kind === 'invalid' ? 'Invalid token provided.' : 'You must log in first.');
}

/** @throws Refusal 401 as above, 403 for a personal token of read access */
export function requireWriter(caller: Caller): User {
  const user = requireUser(caller);
  if (caller.kind === 'user' && caller.access === 'read') throw denied();
  return user;
}

/** A project's JSON. @throws Refusal 404 where the caller may not know of it, 403 for its own Status token */
export function requireReadable(world: World, caller: Caller, slug: string): Project {
  const project = requireVisible(world, caller, slug);
  if (project.visibility === 'private' && caller.kind === 'project' && caller.scope === 'status') throw denied();
  return project;
}

/**
 * A project's token list. @throws Refusal 404 where the caller may not know of the project, 401 where a public project is
 * asked without a working token, 403 for project tokens and for people who may not open its settings
 */
export function requireManageable(world: World, caller: Caller, slug: string): Project {
  const project = requireVisible(world, caller, slug);
  if (caller.kind === 'project') throw denied();
  const user = requireUser(caller);
  if (!user.memberOf.has(project.organization.slug) || user.noSettingsOf.has(project.slug)) throw denied();
  return project;
}

/**
 * Who may know of a project. A badge never refuses: whoever may not see the project gets the badge of an unknown one, and
 * here a Status token counts.
 */
export function maySee(project: Project, caller: Caller): boolean {
  if (project.visibility === 'public') return true;
  switch (caller.kind) {
    case 'user':
      return caller.user.memberOf.has(project.organization.slug) && !caller.closed.has(project.organization.slug);
    case 'project':
      return caller.project === project.slug;
    default:
      return false;
  }
}

/** Organization-wide things. @throws Refusal 401 as above, 403 for whoever is not in, or not with this token */
export function requireMember(caller: Caller, organization: string): User {
  const user = requireUser(caller);
  if (!isMember(caller, organization)) throw denied();
  if (caller.kind === 'user' && caller.closed.has(organization)) throw unauthorizedForSso();
  return user;
}

/** Nobody hands on more than the token that asks has. That `write` may make tokens at all is a guess. */
export function requireAtMostOwn(caller: Caller, wanted: PersonalAccess): void {
  const levels: readonly PersonalAccess[] = ['read', 'write', 'admin'];
  if (caller.kind !== 'user' || levels.indexOf(wanted) > levels.indexOf(caller.access)) throw denied();
}

function isMember(caller: Caller, organization: string): boolean {
  return caller.kind === 'user' && caller.user.memberOf.has(organization);
}

function requireVisible(world: World, caller: Caller, slug: string): Project {
  const project = world.projects.get(slug);
  if (project !== undefined && maySee(project, caller)) return project;
  if (project !== undefined && isMember(caller, project.organization.slug)) throw unauthorizedForSso();
  throw notFound();
}
