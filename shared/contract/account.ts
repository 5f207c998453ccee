import * as z from 'zod';
import { longestAuthorityPem } from '../authority-pem.ts';
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
  /** Of the host: what one account of it has found out, all of them know. `refused` says nothing of another one. */
  capabilities: z.record(route, capability),
  /** Where this account was refused a create when it last asked for one: `personal`, or a project's slug. */
  refusedCreates: z.array(z.string()).exactOptional(),
  /** There where Rondo signed in with the browser; until then its token works, where CircleCI said. */
  browserSignIn: z.strictObject({ expiresAt: instant.exactOptional() }).exactOptional(),
  lastSyncAt: instant.exactOptional(),
  /** When it was; `network`: since when no attempt has reached the host. */
  lastAttempt: z.strictObject({ at: instant, outcome: z.enum(['ok', 'network', 'refused']) }).exactOptional(),
});
export type Account = z.output<typeof account>;

/** A certificate authority in PEM. */
const caPem = z.string().max(longestAuthorityPem).startsWith('-----BEGIN CERTIFICATE-----', {
  error: 'the certificate authority is not a PEM file',
});

/**
 * Signing in with the browser, in three calls: begin (answers the address to open), end (answers when the person has
 * answered in the browser, for up to ten minutes) and cancel. One at a time: beginning another ends the one before.
 * The address holds a state and a challenge, as OAuth demands; neither is worth anything to whoever reads it.
 */
const signInBegun = z.strictObject({ signIn: id, url: z.string() });
const openSignIn = z.strictObject({ signIn: id });

/**
 * What became of the token that an earlier sign-in with the browser had made. `left`: it works until it expires, as this
 * CircleCI or the chosen access did not let Rondo delete it. `none`: there was none.
 */
export const earlierSignIn = z.enum(['none', 'revoked', 'left']);
export type EarlierSignIn = z.output<typeof earlierSignIn>;

/** `same`: CircleCI revokes the token in use in the moment that it gives the new one. */
export const signInClient = z.enum(['fresh', 'same']);
export type SignInClient = z.output<typeof signInClient>;

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
  'account.sign-in-begin': call(
    z.strictObject({ host: z.string().max(2_048), name: newLabel.exactOptional(), caPem: caPem.exactOptional() }),
    signInBegun,
  ),
  /** The same for an account that is there: only the same person may answer. */
  'account.sign-in-again': call(z.strictObject({ id: idPrefix, client: signInClient }), signInBegun),
  'account.sign-in-end': call(openSignIn, z.strictObject({ account, earlier: earlierSignIn })),
  'account.sign-in-cancel': call(openSignIn, nothing),
  /** For whoever opens the browser, so that the address need not come from a page. */
  'account.sign-in-address': call(openSignIn, z.strictObject({ url: z.string() })),
  'account.list': call(nothing, z.strictObject({ accounts: z.array(account) })),
  'account.remove': call(z.strictObject({ id: idPrefix }), z.strictObject({ account })),
} as const;
