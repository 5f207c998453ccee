import type { IncomingHttpHeaders } from 'node:http';
import type { PersonalAccess, StoredToken } from './token-table.ts';
import type { User, World } from './world.ts';

/** Who asks. `invalid`: a token was sent that no longer works or never did. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'invalid' }
  | {
      readonly kind: 'user';
      readonly user: User;
      readonly token: StoredToken;
      readonly access: PersonalAccess;
      /** Slugs of the organizations with single sign-on that this token was not authorized for. */
      readonly closed: ReadonlySet<string>;
    }
  | { readonly kind: 'project'; readonly project: string; readonly scope: string };

/** Reads who asks from the headers, and notes that the token was used. */
export function identifyCaller(world: World, headers: IncomingHttpHeaders): Caller {
  const value = sentValue(headers);
  if (value === undefined) return { kind: 'anonymous' };
  const nowMs = world.clock.now();
  const token = world.tokens.working(value, nowMs);
  if (token === undefined) return { kind: 'invalid' };
  token.lastUsedMs = nowMs;
  const { holder } = token;
  if (holder.kind === 'project') return { kind: 'project', project: holder.project, scope: holder.scope };
  const user = world.users.get(holder.user);
  if (user === undefined) return { kind: 'invalid' };
  return { kind: 'user', user, token, access: holder.scope, closed: world.sso.closedTo(token.id) };
}

/**
 * `Circle-Token`, Bearer, or Basic with the token as the user. An empty one is a wrong one, as on CircleCI. The deprecated
 * `?circle-token=` is not read: Rondo never puts a value in a URL, and would learn here if it did.
 */
function sentValue(headers: IncomingHttpHeaders): string | undefined {
  const circleToken = headers['circle-token'];
  if (typeof circleToken === 'string') return circleToken;
  if (headers.authorization === undefined) return undefined;
  const [, scheme = '', credentials = ''] = /^(\S+)(?: +(.*))?$/.exec(headers.authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials;
    case 'basic':
      return Buffer.from(credentials, 'base64').toString('utf8').split(':')[0];
    default:
      return '';
  }
}
