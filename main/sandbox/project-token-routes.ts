import { isoInstant } from '../platform/clock.ts';
import { type Answer, json, message } from './answer.ts';
import { type Call, type CircleCiRoute, labelOf, parseObject, scopeOf, slugOf } from './call.ts';
import { mint } from './mint.ts';
import { requireManageable, requireWriter } from './rules.ts';
import type { StoredToken } from './token-table.ts';
import { created, deleteNamed, nameOf } from './variant.ts';
import type { World } from './world.ts';

const template = '/api/v1.1/project/:vcs/:org/:repo/token';

export const projectTokenRoutes: readonly CircleCiRoute[] = [
  { method: 'GET', template, handle: list },
  { method: 'POST', template, handle: create },
  { method: 'DELETE', template: `${template}/:id`, handle: remove },
];

function list(call: Call): Answer {
  const project = requireManageable(call.world, call.caller, slugOf(call));
  return json(
    200,
    call.world.tokens.list({ kind: 'project', project: project.slug }).map((token) => listed(call.world, token)),
  );
}

function create(call: Call): Answer {
  const project = requireManageable(call.world, call.caller, slugOf(call));
  requireWriter(call.caller);
  const fields = parseObject(call.body);
  const label = labelOf(fields);
  const scope = scopeOf(fields.scope, ['status', 'view-builds', 'all']);
  const token = mint(call.world, { label, holder: { kind: 'project', project: project.slug, scope } });
  return json(201, created(call.world, token, listed(call.world, token)));
}

function remove(call: Call): Answer {
  const project = requireManageable(call.world, call.caller, slugOf(call));
  requireWriter(call.caller);
  const deleted = deleteNamed(call.world, { kind: 'project', project: project.slug }, call.params.id ?? '');
  return deleted ? message(200, 'Token deleted.') : message(404, 'Token not found');
}

/** A token as its list shows it: without expiry or last use, which project tokens do not have. */
function listed(world: World, token: StoredToken): object {
  const { label, holder } = token;
  const time = world.variants.has('no-times') ? {} : { time: isoInstant(token.createdMs) };
  return { ...nameOf(world, token), label, scope: holder.scope, ...time };
}
