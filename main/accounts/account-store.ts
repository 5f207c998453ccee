import * as z from 'zod';
import { capability, route } from '../../shared/contract/account.ts';
import { instant } from '../../shared/contract/kit.ts';
import { id } from '../../shared/ids.ts';
import { createRecordStore, type Stored } from '../vault/record-store.ts';

/** An account as the vault holds it. The secret part is the token that Rondo signs in with. */
const accountRecord = z.object({
  name: z.string(),
  origin: z.string(),
  caPem: z.string().exactOptional(),
  kind: z.enum(['cloud', 'server']),
  login: z.string(),
  userId: z.string(),
  capabilities: z.partialRecord(route, capability),
  /** Where this account's creates were refused when last asked: `personal`, or a project's slug. */
  refusedCreates: z.array(z.string()).readonly().exactOptional(),
  personalVersion: z.enum(['v1', 'v1.1']).exactOptional(),
  /** The inventory's row of the sign-in token; unknown until a list shows which one it is. */
  signInToken: id.exactOptional(),
  /** Values that it signed in with before: their fingerprints, and which rows they were, where that was known. */
  earlier: z
    .array(z.object({ fingerprint: z.string(), token: id.exactOptional() }))
    .readonly()
    .exactOptional(),
  /** How Rondo signed in with the browser; absent where the token was pasted or made by a rotation. Nothing secret. */
  browser: z
    .object({ client: z.object({ id: z.string(), redirectUri: z.string() }), expiresAt: instant.exactOptional() })
    .exactOptional(),
  lastSyncAt: instant.exactOptional(),
  lastAttempt: z.object({ at: instant, outcome: z.enum(['ok', 'network', 'refused']) }).exactOptional(),
  /** Removed accounts stay, without a value, so that their tokens keep their history. */
  removedAt: instant.exactOptional(),
});

export type AccountRecord = Stored<z.output<typeof accountRecord>>;

export const accountStore = createRecordStore('account', accountRecord);
