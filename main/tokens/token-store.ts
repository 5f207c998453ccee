import * as z from 'zod';
import { instant } from '../../shared/contract/kit.ts';
import { tokenKind } from '../../shared/contract/token.ts';
import { id } from '../../shared/ids.ts';
import type { Place } from '../circleci/circleci.ts';
import { createRecordStore, type Stored } from '../vault/record-store.ts';

/** A token as the vault holds it. The secret part is its value, while one is held. */
const tokenRecord = z.object({
  account: id,
  kind: tokenKind,
  project: z.string().exactOptional(),
  wireScope: z.string().exactOptional(),
  access: z.string().exactOptional(),
  label: z.string(),
  remoteId: z.string().exactOptional(),
  /** Tells apart rows of a list that gives no id and shows the same label and time twice. Such rows Rondo never deletes. */
  ordinal: z.int().exactOptional(),
  createdAt: instant.exactOptional(),
  expiresAt: instant.exactOptional(),
  lastUsedAt: instant.exactOptional(),
  /** Made by hand where the host has no list to find it in. */
  neverListed: z.literal(true).exactOptional(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  /** Since when a complete list of its place lacks it. */
  goneAt: instant.exactOptional(),
  /** Rondo asked CircleCI to delete it, and what came of it is not proved yet. */
  deletionAt: instant.exactOptional(),
  /** The process that asks for it right now: another one must not sign in with it meanwhile. */
  deletionBy: z.string().exactOptional(),
  /** Rondo deleted it, and its list lacks it. */
  revokedAt: instant.exactOptional(),
  leakedAt: instant.exactOptional(),
  held: z.enum(['none', 'sealed', 'kept']),
  /** Since when this vault, or one it was imported from, has or had its value: stays when the value is gone, also from a backup. */
  heldAt: instant.exactOptional(),
  takenAt: instant.exactOptional(),
  tail: z.string().exactOptional(),
  fingerprint: z.string().exactOptional(),
  rotatedFrom: id.exactOptional(),
  rotatedTo: id.exactOptional(),
  owner: z.string().exactOptional(),
  tags: z.array(z.string()),
  note: z.string().exactOptional(),
});

export type TokenRecord = Stored<z.output<typeof tokenRecord>>;

export const tokenStore = createRecordStore('token', tokenRecord);

/** Where CircleCI keeps the token. */
export function placeOf(record: Pick<TokenRecord, 'kind' | 'project'>): Place {
  return record.project === undefined ? { kind: 'personal' } : { kind: 'project', slug: record.project };
}

/** Tokens that still exist as far as the vault knows: neither deleted by Rondo nor missing from their list. */
export function isPresent(record: TokenRecord): boolean {
  return record.revokedAt === undefined && record.goneAt === undefined;
}
