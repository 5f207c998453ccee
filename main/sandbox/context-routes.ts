import { isoInstant } from '../platform/clock.ts';
import { type Answer, json, message, Refusal } from './answer.ts';
import { type Call, type CircleCiRoute, parseObject, variableNameOf } from './call.ts';
import { requireMember, requireUser, requireWriter } from './rules.ts';
import { type Context, maxContextVariables, maxValueLength, setVariable, tailOf } from './variables.ts';

/**
 * Contexts of v2, with the traps that were measured on CircleCI: a missing context answers 403, a list shows one page and
 * ignores the token of the next, and a body with a misspelt key stores an empty value.
 */
const context = '/api/v2/context/:id';
const variables = `${context}/environment-variable`;

export const contextRoutes: readonly CircleCiRoute[] = [
  { method: 'GET', template: '/api/v2/context', handle: list },
  { method: 'GET', template: context, handle: (call) => json(200, viewContext(readableContext(call))) },
  { method: 'GET', template: variables, handle: listVariables },
  // There is no reading of one variable by its name.
  { method: 'GET', template: `${variables}/:name`, handle: () => message(404, 'Not found') },
  { method: 'PUT', template: `${variables}/:name`, handle: putVariable },
  { method: 'DELETE', template: `${variables}/:name`, handle: deleteVariable },
];

function list(call: Call): Answer {
  const user = requireUser(call.caller);
  const { 'owner-id': id, 'owner-slug': slug } = Object.fromEntries(call.query);
  if (id === undefined && slug === undefined) return message(400, 'owner-id or owner-slug is required');
  if (id === undefined && call.world.variants.has('server')) return message(400, 'owner-slug is not supported');
  const owner = call.world.organizations.find((one) => (id === undefined ? one.slug === slug : one.id === id));
  if (owner === undefined || !user.memberOf.has(owner.slug)) return message(404, 'Organization not found');
  requireMember(call.caller, owner.slug);
  const items = [...call.world.contexts.values()].filter(({ organization }) => organization === owner.slug);
  return json(200, { items: items.map(viewContext), next_page_token: null });
}

function listVariables(call: Call): Answer {
  const { id, variables: all } = readableContext(call);
  const items = [...all.values()].slice(0, maxContextVariables).map(({ name, value, createdMs, updatedMs }) => ({
    variable: name,
    context_id: id,
    truncated_value: tailOf(value),
    created_at: isoInstant(createdMs),
    updated_at: isoInstant(updatedMs),
  }));
  // Asked with it, in whatever parameter, CircleCI shows the first page again.
  return json(200, { items, next_page_token: all.size > maxContextVariables ? 'AARLwwV6' : null });
}

function putVariable(call: Call): Answer {
  const { id, variables: all } = writableContext(call);
  const name = variableNameOf(call);
  const fields = parseObject(call.body);
  if (Object.keys(fields).length === 0) throw new Refusal(400, 'Invalid body.');
  // A misspelt key is not refused: the variable then holds nothing.
  const value = typeof fields.value === 'string' ? fields.value : '';
  if (value.length > maxValueLength) throw new Refusal(400, 'The value is too long');
  if (!all.has(name) && all.size >= maxContextVariables) throw new Refusal(400, 'The context is full');
  const { createdMs, updatedMs } = setVariable(all, { name, value, nowMs: call.world.clock.now() });
  const dates = { created_at: isoInstant(createdMs), updated_at: isoInstant(updatedMs) };
  return json(200, { variable: name, context_id: id, ...dates });
}

/** What CircleCI answers about a variable that is not there is not described. */
function deleteVariable(call: Call): Answer {
  const deleted = writableContext(call).variables.delete(variableNameOf(call));
  return deleted ? message(200, 'Environment variable deleted.') : message(404, 'Environment variable not found.');
}

function readableContext({ world, caller, params }: Call): Context {
  requireUser(caller);
  const found = world.contexts.get(params.id ?? '');
  if (found === undefined) throw new Refusal(403, 'Forbidden');
  requireMember(caller, found.organization);
  return found;
}

function writableContext(call: Call): Context {
  const found = readableContext(call);
  const user = requireWriter(call.caller);
  if (found.writers !== undefined && !found.writers.has(user.id)) throw new Refusal(403, 'Forbidden');
  return found;
}

function viewContext({ id, name, createdMs }: Context): object {
  return { id, name, created_at: isoInstant(createdMs) };
}
