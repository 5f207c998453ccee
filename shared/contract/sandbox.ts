import { z } from 'zod';
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

export const sandboxCalls = {
  'sandbox.start': call(
    z.strictObject({
      port: z.int().min(0).max(65_535),
      tokens: z.int().min(0).max(100_000).exactOptional(),
      seed: z.int().min(0).exactOptional(),
      faults: z.array(z.string().max(500)).max(100),
    }),
    z.strictObject({ sandbox }),
  ),
  'sandbox.state': call(nothing, z.strictObject({ tokens: z.array(sandboxToken) })),
  'sandbox.stop': call(nothing, nothing),
} as const;
