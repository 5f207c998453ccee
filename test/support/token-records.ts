import type { TokenRecord } from '../../main/tokens/token-store.ts';

/** A token as the vault holds it, with what a test does not care about filled in. */
export function tokenRecord(given: Partial<TokenRecord> = {}): TokenRecord {
  return {
    id: '00000000000000000000000000000001',
    account: '000000000000000000000000000000aa',
    kind: 'project',
    project: 'gh/acme/web',
    wireScope: 'view-builds',
    label: 'deploy-bot',
    remoteId: '11111111-1111-4111-8111-111111111111',
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    lastSeenAt: '2026-11-01T00:00:00.000Z',
    held: 'none',
    tags: [],
    ...given,
  };
}
