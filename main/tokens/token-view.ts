import type { Token, TokenState } from '../../shared/contract/token.ts';
import { fromWireScope } from './scopes.ts';
import type { TokenRecord } from './token-store.ts';

/** `now`: ISO instant. The order is the order of precedence. */
export function stateOf(record: TokenRecord, now: string): TokenState {
  if (record.revokedAt !== undefined) return 'revoked';
  if (record.goneAt !== undefined) return 'gone';
  if (record.leakedAt !== undefined) return 'leaked';
  if (record.expiresAt !== undefined && record.expiresAt <= now) return 'expired';
  if (record.neverListed) return 'unknown';
  return 'active';
}

export function tokenView(record: TokenRecord, now: string): Token {
  const view: Token = {
    id: record.id,
    account: record.account,
    kind: record.kind,
    label: record.label,
    firstSeenAt: record.firstSeenAt,
    lastSeenAt: record.lastSeenAt,
    state: stateOf(record, now),
    hasValue: record.held,
    tags: [...record.tags],
  };
  if (record.project !== undefined) view.project = record.project;
  if (record.wireScope !== undefined) view.scope = fromWireScope(record.wireScope);
  if (record.access !== undefined) view.access = record.access;
  if (record.remoteId !== undefined) view.remoteId = record.remoteId;
  if (record.createdAt !== undefined) view.createdAt = record.createdAt;
  if (record.expiresAt !== undefined) {
    view.expiresAt = record.expiresAt;
    view.dueAt = record.expiresAt;
  }
  if (record.lastUsedAt !== undefined) view.lastUsedAt = record.lastUsedAt;
  if (record.tail !== undefined) view.tail = record.tail;
  if (record.rotatedFrom !== undefined) view.rotatedFrom = record.rotatedFrom;
  if (record.rotatedTo !== undefined) view.rotatedTo = record.rotatedTo;
  if (record.owner !== undefined) view.owner = record.owner;
  if (record.note !== undefined) view.note = record.note;
  return view;
}
