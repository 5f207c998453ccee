import { z } from 'zod';
import { id, idPrefix } from '../ids.ts';
import { newLabel } from '../labels.ts';
import { call, instant, nothing, secretBytes } from './kit.ts';

/** The routes that CircleCI does not document: each may work, be refused, or be absent on a host. */
export const routes = [
  'personal.list',
  'personal.create',
  'personal.delete',
  'project.list',
  'project.create',
  'project.delete',
] as const;
export const route = z.enum(routes);
export type Route = z.output<typeof route>;

export const capability = z.enum(['unknown', 'works', 'refused', 'absent']);
export type Capability = z.output<typeof capability>;

export const account = z.strictObject({
  id,
  name: z.string(),
  host: z.string(),
  login: z.string(),
  userId: z.string(),
  kind: z.enum(['cloud', 'server']),
  capabilities: z.record(route, capability),
  lastSyncAt: instant.exactOptional(),
  lastAttempt: z.strictObject({ at: instant, outcome: z.enum(['ok', 'network', 'refused']) }).exactOptional(),
});
export type Account = z.output<typeof account>;

/** A certificate authority in PEM; 64 KiB hold a chain of any real length. */
const caPem = z.string().max(65_536).startsWith('-----BEGIN CERTIFICATE-----', {
  error: 'the certificate authority is not a PEM file',
});

export const accountCalls = {
  'account.add': call(
    z.strictObject({
      host: z.string().max(2_048),
      name: newLabel.exactOptional(),
      caPem: caPem.exactOptional(),
      value: secretBytes,
    }),
    z.strictObject({ account }),
  ),
  'account.list': call(nothing, z.strictObject({ accounts: z.array(account) })),
  'account.remove': call(z.strictObject({ id: idPrefix }), z.strictObject({ account })),
} as const;
