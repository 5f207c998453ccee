import { isoInstant } from '../platform/clock.ts';
import { type Answer, json, message } from './answer.ts';
import { type Call, type CircleCiRoute, labelOf, parseObject, scopeOf, slugOf } from './call.ts';
import { mint } from './mint.ts';
import { requireManageable, requireWriter } from './rules.ts';
import type { StoredToken } from './token-table.ts';

const template = '/api/v1.1/project/:vcs/:org/:repo/token';

export const projectTokenRoutes: readonly CircleCiRoute[] = [
  { method: 'GET', template, handle: list },
  { method: 'POST', template, handle: create },
  { method: 'DELETE', template: `${template}/:id`, handle: remove },
];

function list(call: Call): Answer {
  const project = requireManageable(call.world, call.caller, slugOf(call));
  return json(200, call.world.tokens.list({ kind: 'project', project: project.slug }).map(listed));
}

function create(call: Call): Answer {
  const project = requireManageable(call.world, call.caller, slugOf(call));
  requireWriter(call.caller);
  const fields = parseObject(call.body);
  const label = labelOf(fields);
  const scope = scopeOf(fields.scope, ['status', 'view-builds', 'all']);
  const token = mint(call.world, { label, holder: { kind: 'project', project: project.slug, scope } });
  return json(201, { ...listed(token), token: token.value });
}

function remove(call: Call): Answer {
  const project = requireManageable(call.world, call.caller, slugOf(call));
  requireWriter(call.caller);
  const { tokens, clock } = call.world;
  const deleted = tokens.delete({ kind: 'project', project: project.slug }, call.params.id ?? '', clock.now());
  return deleted ? message(200, 'Token deleted.') : message(404, 'Token not found');
}

/** A token as its list shows it: never with its value, and without expiry or last use, which project tokens do not have. */
function listed(token: StoredToken): object {
  const { id, label, holder } = token;
  return { id, label, scope: holder.scope, token: null, time: isoInstant(token.createdMs) };
}
