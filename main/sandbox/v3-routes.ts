import { type Answer, json } from './answer.ts';
import type { Call, CircleCiRoute } from './call.ts';

/** A taste of v3, which CircleCI Server lacks: who one is, and where. Rondo uses nothing of it. */
export const v3Routes: readonly CircleCiRoute[] = [
  { method: 'GET', template: '/api/v3/users', handle: users },
  { method: 'GET', template: '/api/v3/orgs', handle: organizations },
];

function users({ caller, query }: Call): Answer {
  if (caller.kind !== 'user') return unauthorized();
  if (query.get('filter[user_id]') !== 'me') return failure(400, 'invalid_request', 'filter[user_id] is required');
  const { id, name, login } = caller.user;
  return page([{ id, type: 'user', attributes: { name, login, avatar_url: null } }]);
}

function organizations({ world, caller }: Call): Answer {
  if (caller.kind !== 'user') return unauthorized();
  const mine = world.organizations.filter(({ slug }) => caller.user.memberOf.has(slug));
  return page(mine.map(({ id, name, slug }) => ({ id, type: 'organization', attributes: { name, slug } })));
}

function page(data: readonly object[]): Answer {
  return json(200, { data, page: { next: null, prev: null } });
}

function unauthorized(): Answer {
  return failure(401, 'unauthorized', 'The token is missing, expired or revoked');
}

function failure(status: number, type: string, title: string): Answer {
  return json(status, { error: { id: `sandbox-${type}`, type, title, detail: title } });
}
