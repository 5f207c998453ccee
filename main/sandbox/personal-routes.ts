import { isoInstant } from '../platform/clock.ts';
import { type Answer, json, message, Refusal } from './answer.ts';
import { type Call, type CircleCiRoute, labelOf, parseObject, scopeOf } from './call.ts';
import { mint } from './mint.ts';
import { requireAtMostOwn, requireUser, requireWriter } from './rules.ts';
import type { StoredToken } from './token-table.ts';
import { created, deleteNamed, nameOf } from './variant.ts';
import type { World } from './world.ts';

/** CircleCI documents none of these; both versions are known from its web page. */
export const personalRoutes: readonly CircleCiRoute[] = ['/api/v1/user/token', '/api/v1.1/user/token'].flatMap(
  (template): CircleCiRoute[] => [
    { method: 'GET', template, handle: list },
    { method: 'POST', template, handle: create },
    { method: 'DELETE', template: `${template}/:id`, handle: remove },
  ],
);

function list({ world, caller }: Call): Answer {
  const user = requireUser(caller);
  return json(
    200,
    world.tokens.list({ kind: 'personal', user: user.id }).map((token) => listed(world, token)),
  );
}

function create({ world, caller, body }: Call): Answer {
  const user = requireWriter(caller);
  const fields = parseObject(body);
  const label = labelOf(fields);
  const scope = scopeOf(fields.scope ?? (caller.kind === 'user' ? caller.access : undefined), [
    'read',
    'write',
    'admin',
  ]);
  requireAtMostOwn(caller, scope);
  if (world.variants.has('expiry-required') && fields.expires_at === undefined) {
    throw new Refusal(400, 'expires_at is required');
  }
  const expiresMs = expiryOf(fields.expires_at, world.clock.now());
  const token = mint(world, { label, holder: { kind: 'personal', user: user.id, scope }, expiresMs });
  return json(201, created(world, token, listed(world, token)));
}

function remove({ world, caller, params }: Call): Answer {
  const user = requireWriter(caller);
  const deleted = deleteNamed(world, { kind: 'personal', user: user.id }, params.id ?? '');
  return deleted ? message(200, 'Token deleted.') : message(404, 'Token not found');
}

/** Since 2026 no personal token is made without an expiry. Which one a request without it gets is not known: the longest. */
function expiryOf(value: unknown, nowMs: number): number {
  const latest = new Date(nowMs);
  latest.setUTCFullYear(latest.getUTCFullYear() + 1);
  if (value === undefined || value === null) return latest.getTime();
  const expiresMs = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(expiresMs)) throw new Refusal(400, 'expires_at must be an ISO 8601 date');
  if (expiresMs <= nowMs) throw new Refusal(400, 'expires_at must be in the future');
  if (expiresMs > latest.getTime()) throw new Refusal(400, 'expires_at must be at most one year ahead');
  return expiresMs;
}

/** A token as its list shows it. */
function listed(world: World, token: StoredToken): object {
  return {
    ...nameOf(world, token),
    label: token.label,
    scope: token.holder.scope,
    time: isoInstant(token.createdMs),
    expires_at: token.expiresMs === undefined ? null : isoInstant(token.expiresMs),
    last_used_at: token.lastUsedMs === undefined ? null : isoInstant(token.lastUsedMs),
  };
}
