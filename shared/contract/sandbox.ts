import * as z from 'zod';
import { call, nothing } from './kit.ts';

/** The embedded CircleCI. Its tokens open nothing but itself, so they may be shown. */
export const sandbox = z.strictObject({ url: z.string(), personalToken: z.string(), projects: z.array(z.string()) });
export type Sandbox = z.output<typeof sandbox>;

/** A token that exists in the sandbox, as the sandbox itself says: what tests and the demo read back. */
export const sandboxToken = z.strictObject({
  id: z.string(),
  kind: z.enum(['personal', 'project']),
  project: z.string().exactOptional(),
  scope: z.string().exactOptional(),
  label: z.string(),
  value: z.string(),
  lastUsedAt: z.iso.datetime().exactOptional(),
});
export type SandboxToken = z.output<typeof sandboxToken>;

/** Kinds of CircleCI that the sandbox can be. Which real host is which, nobody has published. */
export const sandboxVariant = z.enum([
  /** CircleCI Server 4.x: no v3, no signing in with OAuth, contexts by their owner's id only. */
  'server',
  /** Personal tokens are made and deleted on CircleCI's page only. */
  'no-personal-routes',
  /** A personal token is not made without an expiry. */
  'expiry-required',
  /** A delete takes the token's value in place of its id. */
  'delete-by-value',
  /** Lists name tokens by label only. */
  'no-ids',
  /** The answer to a create lacks the id that its list gives the token. */
  'create-without-id',
  /** Lists show values in clear. */
  'plain-values',
  /** Project tokens are listed without the time at which they were made. */
  'no-times',
  /** The first organization has single sign-on: a new token opens nothing of it until it was authorized. */
  'sso',
]);
export type SandboxVariant = z.output<typeof sandboxVariant>;

export const sandboxCalls = {
  'sandbox.start': call(
    z.strictObject({
      port: z.int().min(0).max(65_535),
      tokens: z.int().min(0).max(100_000).exactOptional(),
      seed: z.int().min(0).exactOptional(),
      faults: z.array(z.string().max(500)).max(100),
      variants: z.array(sandboxVariant).max(100).exactOptional(),
    }),
    z.strictObject({ sandbox }),
  ),
  'sandbox.state': call(nothing, z.strictObject({ tokens: z.array(sandboxToken) })),
  'sandbox.stop': call(nothing, nothing),
} as const;
