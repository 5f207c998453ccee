import { isoInstant } from '../platform/clock.ts';
import { type Answer, json, message, Refusal } from './answer.ts';
import { type Call, type CircleCiRoute, parseObject, slugOf, variableNameOf } from './call.ts';
import { requireManageable, requireUser, requireWriter } from './rules.ts';
import { maxValueLength, setVariable, tailOf, type Variable, type Variables } from './variables.ts';

/** Variables of one project, v2: a replaced one cannot be told from the one before but by the end of its value. */
const all = '/api/v2/project/:vcs/:org/:repo/envvar';
const one = `${all}/:name`;

export const projectVariableRoutes: readonly CircleCiRoute[] = [
  { method: 'GET', template: all, handle: list },
  { method: 'POST', template: all, handle: set },
  { method: 'GET', template: one, handle: read },
  { method: 'DELETE', template: one, handle: remove },
];

function list(call: Call): Answer {
  return json(200, { items: [...variablesOf(call).values()].map(masked), next_page_token: null });
}

function set(call: Call): Answer {
  const variables = writable(call);
  const { name, value } = parseObject(call.body);
  if (typeof name !== 'string' || typeof value !== 'string') throw new Refusal(400, 'name and value are required');
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new Refusal(400, 'Invalid name');
  if (value.length > maxValueLength) throw new Refusal(400, 'The value is too long');
  return json(201, masked(setVariable(variables, { name, value, nowMs: call.world.clock.now() })));
}

function read(call: Call): Answer {
  const variable = variablesOf(call).get(variableNameOf(call));
  return variable === undefined ? message(404, 'Environment variable not found.') : json(200, masked(variable));
}

function remove(call: Call): Answer {
  const deleted = writable(call).delete(variableNameOf(call));
  return deleted ? message(200, 'Environment variable deleted.') : message(404, 'Environment variable not found.');
}

function writable(call: Call): Variables {
  const variables = variablesOf(call);
  requireWriter(call.caller);
  return variables;
}

function variablesOf(call: Call): Variables {
  requireUser(call.caller);
  const { slug } = requireManageable(call.world, call.caller, slugOf(call));
  const variables = call.world.projectVariables.get(slug) ?? new Map();
  call.world.projectVariables.set(slug, variables);
  return variables;
}

function masked({ name, value, createdMs }: Variable): object {
  return { name, value: `xxxx${tailOf(value)}`, created_at: isoInstant(createdMs) };
}
