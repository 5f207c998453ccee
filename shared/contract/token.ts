import * as z from 'zod';
import { id, idPrefix } from '../ids.ts';
import { newLabel } from '../labels.ts';
import { slug } from '../slugs.ts';
import { auditEntry } from './audit.ts';
import { call, errorCode, instant, secretBytes } from './kit.ts';
import { partFailure } from './sync.ts';

export const tokenKind = z.enum(['personal', 'project']);
export type TokenKind = z.output<typeof tokenKind>;

/** Project scopes as people say them; `status`, `view-builds`, `all` on the wire. */
export const scope = z.enum(['status', 'read-only', 'admin']);
export type Scope = z.output<typeof scope>;

export const access = z.enum(['read', 'write', 'admin']);
export type Access = z.output<typeof access>;

export const tokenState = z.enum(['revoked', 'gone', 'leaked', 'expired', 'unknown', 'active']);
export type TokenState = z.output<typeof tokenState>;

export const token = z.strictObject({
  id,
  account: id,
  kind: tokenKind,
  project: z.string().exactOptional(),
  /** One of `scope`, or what the wire says where CircleCI knows a scope that we do not. */
  scope: z.string().exactOptional(),
  access: z.string().exactOptional(),
  label: z.string(),
  remoteId: z.string().exactOptional(),
  createdAt: instant.exactOptional(),
  expiresAt: instant.exactOptional(),
  lastUsedAt: instant.exactOptional(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  state: tokenState,
  hasValue: z.enum(['none', 'sealed', 'kept']),
  tail: z.string().exactOptional(),
  rotatedFrom: id.exactOptional(),
  rotatedTo: id.exactOptional(),
  owner: z.string().exactOptional(),
  tags: z.array(z.string()),
  note: z.string().exactOptional(),
  dueAt: instant.exactOptional(),
});
export type Token = z.output<typeof token>;

/** Which tokens: every given part must match. Durations in milliseconds. */
export const tokenFilter = z.strictObject({
  account: idPrefix.exactOptional(),
  kind: tokenKind.exactOptional(),
  project: slug.exactOptional(),
  scope: z.string().max(200).exactOptional(),
  /** Where CircleCI does not tell the age: a list takes Rondo's first sight of it, a choice of what to replace all of them. */
  olderThanMs: z.int().positive().exactOptional(),
  expiresWithinMs: z.int().positive().exactOptional(),
  state: tokenState.exactOptional(),
  search: z.string().max(1_000).exactOptional(),
  tag: z.string().max(1_000).exactOptional(),
  owner: z.string().max(1_000).exactOptional(),
});
export type TokenFilter = z.output<typeof tokenFilter>;

const year = 365 * 86_400_000;

/** Where a token is used. The kinds come with destinations. */
export const destination = z.strictObject({ id, token: id, kind: z.string(), where: z.string() });

export const tokenCheck = z.strictObject({
  /** Why CircleCI could not be asked; absent: it answered, or there was nothing to ask with. */
  error: errorCode.exactOptional(),
  id,
  state: z.enum(['works', 'refused', 'not-checked', 'failed']),
  reason: z.string().exactOptional(),
});
export type TokenCheck = z.output<typeof tokenCheck>;

/** `otherwise`: in what CircleCI made it otherwise than asked, a sentence each; absent: in nothing that it tells. */
const createdToken = z.strictObject({ token, otherwise: z.array(z.string()).exactOptional() });

export const tokenCalls = {
  'token.list': call(tokenFilter, z.strictObject({ tokens: z.array(token) })),
  'token.show': call(
    z.strictObject({ id: idPrefix }),
    z.strictObject({ token, history: z.array(auditEntry), destinations: z.array(destination) }),
  ),
  'token.create-personal': call(
    z.strictObject({
      account: idPrefix,
      label: newLabel,
      /** CircleCI takes a year at most. */
      expiresInMs: z.int().positive().max(year, { error: 'a token lives a year at most' }).exactOptional(),
      access: access.exactOptional(),
      keep: z.boolean(),
    }),
    createdToken,
  ),
  'token.create-project': call(
    z.strictObject({ project: slug, scope, label: newLabel, account: idPrefix.exactOptional(), keep: z.boolean() }),
    createdToken,
  ),
  /** The held value. It stays held: show or copy it, then call `token.taken`. A crash between shows it twice, never not at all. */
  'token.take': call(z.strictObject({ id: idPrefix }), z.strictObject({ value: secretBytes })),
  /** The value was taken: the vault forgets it, unless the person chose to keep it. */
  'token.taken': call(z.strictObject({ id: idPrefix }), z.strictObject({ token })),
  /** A value that belongs to this known token, as it was pasted: proved, then kept. */
  'token.adopt': call(z.strictObject({ id: idPrefix, value: secretBytes }), z.strictObject({ token })),
  'token.edit': call(
    z.strictObject({
      id: idPrefix,
      owner: z.string().max(1_000).exactOptional(),
      tags: z.array(z.string().min(1).max(200)).max(100).exactOptional(),
      note: z.string().max(20_000).exactOptional(),
      leaked: z.literal(true).exactOptional(),
    }),
    z.strictObject({ token }),
  ),
  /** `confirm` is what the person typed; anything but DELETE is `confirmation-required` and says what would stop working. */
  'token.delete': call(
    z.strictObject({ ids: z.array(idPrefix).min(1).max(10_000), confirm: z.string().max(100).exactOptional() }),
    z.strictObject({ deleted: z.array(id), failed: z.array(z.strictObject({ id, error: partFailure })) }),
  ),
  /** Without ids: every token whose value is held. */
  'token.check': call(
    z.strictObject({ ids: z.array(idPrefix).max(10_000) }),
    z.strictObject({ checks: z.array(tokenCheck) }),
  ),
} as const;
