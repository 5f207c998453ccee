import { type Answer, json, message } from './answer.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** `template` is a path whose `:name` segments match anything, `:name.svg` anything that ends so. */
export interface Route<Handler> {
  readonly method: Method;
  readonly template: string;
  readonly handle: Handler;
}

export type Params = Readonly<Record<string, string>>;

export type Found<Handler> =
  | { readonly found: true; readonly handle: Handler; readonly params: Params }
  | { readonly found: false; readonly answer: Answer };

/** The route for a request, or the answer where there is none: 404, or 405 where only the method is wrong. */
export function findRoute<Handler>(routes: readonly Route<Handler>[], method: string, path: string): Found<Handler> {
  const allowed: string[] = [];
  for (const route of routes) {
    const params = match(route.template, path);
    if (params === undefined) continue;
    if (route.method === method) return { found: true, handle: route.handle, params };
    allowed.push(route.method);
  }
  if (allowed.length === 0) return { found: false, answer: message(404, 'Not found') };
  const answer = json(405, { message: 'Method not allowed' }, { allow: allowed.join(', ') });
  return { found: false, answer };
}

/** Segments are decoded one by one after splitting: `%2F` never becomes a separator. */
function match(template: string, path: string): Params | undefined {
  const expected = template.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, pattern] of expected.entries()) {
    const segment = decode(actual[index] ?? '');
    if (segment === undefined) return undefined;
    const [, name, suffix = ''] = /^:([a-z]+)(\.svg)?$/.exec(pattern) ?? [];
    if (name === undefined) {
      if (segment !== pattern) return undefined;
    } else {
      if (segment.length <= suffix.length || !segment.endsWith(suffix)) return undefined;
      params[name] = segment.slice(0, segment.length - suffix.length);
    }
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
