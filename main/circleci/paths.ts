import { isSlug } from '../../shared/is-slug.ts';
import { canonicalSlug } from '../../shared/slugs.ts';
import { AppError } from '../app-error.ts';
import { tokenShape } from './token-shape.ts';

/** The path of one request. Every part that comes from outside is checked and encoded here, and nowhere else. */
export const mePath = '/api/v2/me';
export const collaborationsPath = '/api/v2/me/collaborations';
/** Shallow: without it the list carries every branch and its last builds, megabytes for a busy person. */
export const followedProjectsPath = '/api/v1.1/projects?shallow=true';

export type PersonalVersion = 'v1' | 'v1.1';

export function personalTokensPath(version: PersonalVersion, remoteId?: string): string {
  return `/api/${version}/user/token${idSegment(remoteId)}`;
}

/** @throws AppError invalid-input */
export function projectTokensPath(slug: string, remoteId?: string): string {
  return `/api/v1.1/project/${slugPath(slug)}/token${idSegment(remoteId)}`;
}

/** One build is enough to see that the project is readable. @throws AppError invalid-input */
export function projectPath(slug: string): string {
  return `/api/v1.1/project/${slugPath(slug)}?limit=1`;
}

/** @throws AppError invalid-input */
export function badgePath(slug: string): string {
  return `/${slugPath(slug)}.svg?style=svg`;
}

/** Three segments with literal slashes, each encoded on its own: `%2F` between them does not match on CircleCI Server. */
export function slugPath(slug: string): string {
  if (!isSlug(slug) || !slug.isWellFormed()) {
    throw new AppError('invalid-input', 'That is not a project slug. Nothing was sent.', {
      hint: 'A slug is three parts, like gh/acme/web.',
    });
  }
  return canonicalSlug(slug).split('/').map(encodeURIComponent).join('/');
}

/**
 * SECURITY: no value is ever put in a URL, where proxies and logs keep it, also not when a host gives a token's value as
 * its id. Dots alone are refused too: a proxy would make another path of them, and this path is mostly deleted.
 */
function idSegment(remoteId: string | undefined): string {
  if (remoteId === undefined) return '';
  const holdsValue = tokenShape(Buffer.from(remoteId)).kind !== 'unknown';
  if (holdsValue || !/^[\w.~:-]{1,200}$/.test(remoteId) || /^\.+$/.test(remoteId)) {
    throw new AppError('invalid-input', 'That token has no id that can be put in an address. Nothing was sent.', {
      hint: 'Delete it on CircleCI’s own page.',
    });
  }
  return `/${encodeURIComponent(remoteId)}`;
}
