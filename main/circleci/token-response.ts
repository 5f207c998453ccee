import * as z from 'zod';
import type { Place, TokenResponse } from './circleci.ts';
import { instantOf } from './instants.ts';
import { isSendable, tokenShape } from './token-shape.ts';
import { accessNames, createdNames, expiresNames, lastUsedNames } from './wire-names.ts';

/**
 * A row of a token list, or the answer to a create: strict about what a token is known by, tolerant of the rest. A date or
 * a scope of a strange type is left out; a row whose id or label is of a strange type, or that has neither, is no token.
 */
const tokenRow = z
  .looseObject({
    id: z.union([z.string(), z.number()]).nullish(),
    label: z.string().nullish(),
    name: z.string().nullish(),
  })
  .refine((row) => (row.label ?? row.name ?? row.id ?? '') !== '');

/** Undefined: not a token. */
export function parseToken(row: unknown, place: Place['kind']): TokenResponse | undefined {
  const parsed = tokenRow.safeParse(row);
  if (!parsed.success) return undefined;
  const { id, label, name } = parsed.data;
  const identity = id === undefined || id === null ? '' : String(id);
  // A host that gives the value as the id: it is a value then, and the token has no id.
  const idIsValue = looksLikeValue(identity);
  return {
    ...(identity === '' || idIsValue ? {} : { remoteId: identity }),
    label: label ?? name ?? '',
    ...scopeOf(parsed.data, place),
    ...optional('createdAt', instantOf(first(parsed.data, createdNames))),
    ...optional('expiresAt', instantOf(first(parsed.data, expiresNames))),
    ...optional('lastUsedAt', instantOf(first(parsed.data, lastUsedNames))),
    ...shownValue(parsed.data.token ?? (idIsValue ? identity : undefined)),
  };
}

/**
 * The rows that are tokens. `complete` only if the answer is a bare array and every row could be read: whoever concludes
 * that a missing token is gone relies on it. Undefined: not a list at all.
 */
export function parseTokens(
  answer: unknown,
  place: Place['kind'],
): { readonly tokens: readonly TokenResponse[]; readonly complete: boolean } | undefined {
  if (!Array.isArray(answer)) return undefined;
  const tokens = answer.map((row) => parseToken(row, place)).filter((token) => token !== undefined);
  return { tokens, complete: tokens.length === answer.length };
}

function scopeOf(row: Readonly<Record<string, unknown>>, place: Place['kind']): Partial<TokenResponse> {
  if (place === 'project') return optional('wireScope', text(row.scope));
  return optional('access', text(first(row, accessNames))?.toLowerCase());
}

/** A value in clear gives itself and its tail, a masked one its tail, null nothing. */
function shownValue(shown: unknown): Pick<TokenResponse, 'value' | 'tail'> {
  if (typeof shown !== 'string') return {};
  // Memory of its own: a small Buffer shares its memory with others, and would be copied on together with them.
  const bytes = new TextEncoder().encode(shown);
  if (isPlainValue(shown, bytes)) return { value: bytes, tail: tokenShape(bytes).tail };
  return optional('tail', /[0-9A-Za-z]{4}$/.exec(shown)?.[0]);
}

/**
 * Known shapes, and unknown ones that are long enough to be a secret and show no mask: stars, dots, an ellipsis, or the
 * `xxxx` that CircleCI puts before the tail of variables.
 */
function isPlainValue(shown: string, bytes: Uint8Array): boolean {
  if (tokenShape(bytes).kind !== 'unknown') return true;
  return shown.length >= 20 && isSendable(bytes) && !/[*.]{2}|^x{4}/i.test(shown);
}

function looksLikeValue(identity: string): boolean {
  return tokenShape(Buffer.from(identity)).kind !== 'unknown';
}

function first(row: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return names.map((name) => row[name]).find((value) => value !== undefined && value !== null);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
