import { AppError } from '../app-error.ts';

/** How the sandbox was told to fail. `text` is the fault in the words it was given in. */
export type Fault =
  | { readonly kind: 'latency'; readonly text: string; readonly latencyMs: number }
  | { readonly kind: 'rate-limit'; readonly text: string; readonly perSecond: number }
  /** How every 429 says when to come back; the default is in seconds. */
  | { readonly kind: 'retry-after'; readonly text: string; readonly form: 'date' | 'none' }
  | {
      readonly kind: 'act';
      readonly text: string;
      readonly effect: Effect;
      readonly method: string;
      readonly prefix: string;
      /** Only this match, counted from 1; every match where absent. */
      readonly nth?: number;
    };

/** Nothing is done: the connection closes, or no answer ever comes. */
const undone = ['drop-before', 'hang'] as const;
/** All is done, and the connection closes without an answer, or 200 comes with broken JSON or with an identity of nulls. */
const done = ['drop-after', 'broken-after', 'null-after'] as const;
const bare = [...undone, ...done];

/** What happens to a request that matches. With a status nothing is done; `html`: a page says so, as a proxy's does. */
export type Effect =
  | { readonly kind: 'error' | 'html'; readonly status: number }
  | { readonly kind: (typeof bare)[number] };

const forms = [
  'latency=MS',
  'rate-limit=N/s',
  'retry-after=date|none',
  'error=STATUS@METHOD PATH-PREFIX[#NTH]',
  'html=STATUS@METHOD PATH-PREFIX[#NTH]',
  ...bare.map((effect) => `${effect}=METHOD PATH-PREFIX[#NTH]`),
];

/** Nine digits stay below 2^31, beyond which timers fire at once. */
const number = '[0-9]{1,9}';
const target = `(?<method>GET|POST|DELETE|PUT|PATCH|HEAD|OPTIONS) (?<prefix>/[^\\s?#]*)(?:#(?<nth>[1-9][0-9]{0,8}))?`;
const patterns = [
  new RegExp(`^latency=(?<latencyMs>${number})$`),
  /^rate-limit=(?<perSecond>[1-9][0-9]{0,8})\/s$/,
  /^retry-after=(?<form>date|none)$/,
  new RegExp(`^(?<effect>error|html)=(?<status>[45][0-9]{2})@${target}$`),
  new RegExp(`^(?<effect>${bare.join('|')})=${target}$`),
];

/** @throws AppError invalid-input */
export function parseFault(text: string): Fault {
  const groups = patterns.map((pattern) => pattern.exec(text)?.groups).find((found) => found !== undefined);
  const { latencyMs, perSecond, form, status, effect, method, prefix, nth } = groups ?? {};
  if (latencyMs !== undefined) return { kind: 'latency', text, latencyMs: Number(latencyMs) };
  if (perSecond !== undefined) return { kind: 'rate-limit', text, perSecond: Number(perSecond) };
  if (form !== undefined) return { kind: 'retry-after', text, form: form === 'date' ? 'date' : 'none' };
  if (method === undefined || prefix === undefined) {
    throw new AppError('invalid-input', 'That is not a fault that the sandbox knows. Nothing was changed.', {
      hint: `A fault is one of: ${forms.join(', ')}. For instance error=503@POST /api/v1/user/token#1`,
    });
  }
  return {
    kind: 'act',
    text,
    effect: effectOf(effect, status),
    method,
    prefix,
    ...(nth === undefined ? {} : { nth: Number(nth) }),
  };
}

function effectOf(effect: string | undefined, status: string | undefined): Effect {
  if (status !== undefined) return { kind: effect === 'html' ? 'html' : 'error', status: Number(status) };
  return { kind: bare.find((kind) => kind === effect) ?? 'hang' };
}
