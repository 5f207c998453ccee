import { AppError } from '../app-error.ts';
import type { VaultRecord, VaultSession } from '../vault/vault.ts';
import type { Content, TravellingRecord } from './content.ts';
import type { AnyKind } from './kinds.ts';

export interface Departure {
  readonly content: Content;
  readonly leftOut: { readonly sealedValues: number; readonly openRotations: number; readonly unreadable: number };
}

/**
 * Everything that may leave the vault. What it cannot read is counted and left out: an export is also the last thing that
 * a damaged vault can do. The caller overwrites the values.
 */
export function gatherDepartures(session: VaultSession, kinds: readonly AnyKind[], createdAt: string): Departure {
  const records: TravellingRecord[] = [];
  let sealedValues = 0;
  let unreadable = session.damaged.filter(({ kind }) => kind === 'record').length;
  for (const kind of kinds) {
    for (const record of session.records(kind.noun)) {
      const read = readable(() => departureOf(session, kind, record));
      if (read === undefined) unreadable++;
      else records.push(read.travelling);
      if (read?.keepsValueBack === true) sealedValues++;
    }
  }
  const about = { createdAt, vaultId: session.vaultId, fingerprintProbe: fingerprintProbe(session) };
  return {
    content: { ...about, records },
    leftOut: { sealedValues, openRotations: session.journal().size, unreadable },
  };
}

/** Tells two keys for fingerprints apart and nothing else. */
export function fingerprintProbe(session: VaultSession): string {
  return session.fingerprint(Buffer.from('rondo.export.fingerprint-probe', 'latin1'));
}

function departureOf(session: VaultSession, kind: AnyKind, record: VaultRecord) {
  const { id, revision } = record;
  const { meta, value: goesAlong } = kind.leaves(session, record);
  const value = session.withSecret(id, (secret) => (goesAlong ? new Uint8Array(secret) : undefined));
  const holdsOne = value !== undefined || session.withSecret(id, () => true) === true;
  const travelling = { id, kind: kind.noun, revision, meta, ...(value === undefined ? {} : { value }) };
  return { travelling, keepsValueBack: holdsOne && !goesAlong };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault-damaged') return undefined;
    throw error;
  }
}
