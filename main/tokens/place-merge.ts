import type { Id } from '../../shared/ids.ts';
import type { Place } from '../circleci/circleci.ts';
import { tokenShape } from '../circleci/token-shape.ts';
import type { VaultReader, VaultSession, VaultTransaction } from '../vault/vault.ts';
import { type ListedPlace, mergeList } from './merge.ts';
import { placeOf, type TokenRecord, tokenStore } from './token-store.ts';

export interface MergeCounts {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
}

/** Takes over a list of one place into the inventory. */
export function mergePlace(
  session: VaultSession,
  transaction: VaultTransaction,
  where: { readonly account: Id; readonly place: Place },
  list: ListedPlace,
): MergeCounts {
  const idInValue = ({ id }: TokenRecord) => session.withSecret(id, (value) => tokenShape(value).uuid);
  const merge = mergeList(tokensAt(transaction, where), list, { idInValue });
  for (const token of merge.added) {
    const project = where.place.kind === 'project' ? { project: where.place.slug } : {};
    tokenStore.put(
      transaction,
      { ...token, id: session.newId(), account: where.account, kind: where.place.kind, ...project },
      'same',
    );
  }
  for (const token of [...merge.seen, ...merge.gone])
    tokenStore.put(transaction, token, token.revokedAt === undefined ? 'same' : 'none');
  return { added: merge.added.length, changed: merge.changed, gone: merge.gone.length };
}

/** Every token that the vault knows of one place, whatever its state. */
export function tokensAt(reader: VaultReader, where: { readonly account: Id; readonly place: Place }): TokenRecord[] {
  const slug = where.place.kind === 'project' ? where.place.slug : undefined;
  return tokenStore
    .list(reader)
    .filter((token) => token.account === where.account && token.kind === where.place.kind && token.project === slug);
}

/** Whether the list shows the token: by CircleCI's id, which is the only way to be certain. */
export function lists(list: ListedPlace, remoteId: string | undefined): boolean {
  return remoteId !== undefined && list.tokens.some((token) => token.remoteId === remoteId);
}

/** The inventory's row of the token whose value has this shape: by the id inside it, else the only row with its tail. */
export function rowOfValue(
  tokens: readonly TokenRecord[],
  shape: { readonly uuid?: string; readonly tail: string },
): TokenRecord | undefined {
  const byId = shape.uuid === undefined ? undefined : tokens.find((token) => token.remoteId === shape.uuid);
  if (byId !== undefined) return byId;
  const byTail = tokens.filter((token) => token.tail === shape.tail && placeOf(token).kind === 'personal');
  return byTail.length === 1 ? byTail[0] : undefined;
}
