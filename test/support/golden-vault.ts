import type { VaultSession } from '../../main/vault/vault.ts';

/** No secret: the vaults that it opens are in the repository. */
export const goldenPassword = 'golden vault';

/** Everything that a vault holds, as JSON. */
export function goldenContent(session: VaultSession): unknown {
  const kinds = ['account', 'token'];
  const records = kinds.flatMap((kind) => session.records(kind)).toSorted((a, b) => a.id.localeCompare(b.id));
  return {
    records: records.map((record) => ({
      ...record,
      value: session.withSecret(record.id, (secret) => new TextDecoder().decode(secret)) ?? null,
    })),
    journal: Object.fromEntries(session.journal()),
    log: session.log(),
  };
}
