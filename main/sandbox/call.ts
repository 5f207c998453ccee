import { canonicalSlug } from '../../shared/slugs.ts';
import { type Answer, Refusal } from './answer.ts';
import type { Caller } from './caller.ts';
import type { Params, Route } from './router.ts';
import type { World } from './world.ts';

/** One request to the imitated CircleCI, ready to be answered. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
  readonly params: Params;
  readonly query: URLSearchParams;
  /** Where the sandbox itself is, for the addresses that it hands out. */
  readonly origin: string;
  readonly body: string;
}

export type CircleCiRoute = Route<(call: Call) => Answer>;

/** The project that the path names; `github/…` and `gh/…` are the same one. */
export function slugOf(call: Call): string {
  const { vcs = '', org = '', repo = '' } = call.params;
  return canonicalSlug(`${vcs}/${org}/${repo}`);
}

/** The variable that the path names. @throws Refusal 400 */
export function variableNameOf({ params }: Call): string {
  const { name = '' } = params;
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new Refusal(400, 'Invalid name');
  return name;
}

/** @throws Refusal 400 where the body is not a JSON object */
export function parseObject(body: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'The body is not a JSON object');
  }
  return { ...value };
}

/** @throws Refusal 400 */
export function labelOf(fields: Readonly<Record<string, unknown>>): string {
  const { label } = fields;
  if (typeof label !== 'string' || label.trim() === '') throw new Refusal(400, 'label is required');
  return label;
}

/** @throws Refusal 400 for anything but one of `known` */
export function scopeOf<Scope extends string>(value: unknown, known: readonly Scope[]): Scope {
  const scope = known.find((candidate) => candidate === value);
  if (scope === undefined) throw new Refusal(400, `scope must be one of ${known.join(', ')}`);
  return scope;
}
