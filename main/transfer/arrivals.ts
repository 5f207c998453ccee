// What an import will do, decided for each record by id and revision, before anything is written.
//
// Guarantees: a record is written only where the vault has none or an older one; a value that the vault holds is never
// taken away or replaced, unless what it belongs to has ended; nothing comes twice under two ids. Kinds arrive in the order
// of the list, so that what others belong to is there first.
import type { ImportedRecord, SkipReason } from '../../shared/contract/transfer.ts';
import type { SecretChange, VaultSession, WrittenRecord } from '../vault/vault.ts';
import type { Content, TravellingRecord } from './content.ts';
import { fingerprintProbe } from './departures.ts';
import type { AnyKind, Candidate } from './kinds.ts';

export interface Arrival {
  readonly told: ImportedRecord;
  readonly write?: { readonly record: WrittenRecord & { readonly revision: number }; readonly secret: SecretChange };
}

/** `at`: now, from when on this vault holds what comes. */
export function planArrivals(
  session: VaultSession,
  { kinds, at }: { readonly kinds: readonly AnyKind[]; readonly at: string },
  content: Content,
): Arrival[] {
  const coming = new Set<string>();
  const isThere = (id: string) => coming.has(id) || session.record(id) !== undefined;
  const sameFingerprints = fingerprintProbe(session) === content.fingerprintProbe;
  const nouns = new Set(kinds.map(({ noun }) => noun));
  const unknown = content.records.filter(({ kind }) => !nouns.has(kind));
  const arrivals = kinds.flatMap((kind) => {
    const candidateOf = kind.prepare({ reader: session, isThere });
    return content.records
      .filter((record) => record.kind === kind.noun)
      .map((record) => {
        const arrival = arrivalOf(session, record, { candidateOf, sameFingerprints, at });
        if (arrival.write !== undefined) coming.add(record.id);
        return arrival;
      });
  });
  return [...arrivals, ...unknown.map((record) => skipped(record, 'unknown-kind'))];
}

interface Means {
  readonly candidateOf: (id: string, meta: unknown) => Candidate;
  readonly sameFingerprints: boolean;
  readonly at: string;
}

function arrivalOf(session: VaultSession, incoming: TravellingRecord, means: Means): Arrival {
  const { id, kind, revision, value } = incoming;
  const here = session.record(id);
  if (here !== undefined && here.kind !== kind) return skipped(incoming, 'other-kind');
  if (here !== undefined && here.revision >= revision) {
    return skipped(incoming, here.revision === revision ? 'same' : 'older');
  }
  const candidate = means.candidateOf(id, incoming.meta);
  if ('refused' in candidate) return skipped(incoming, candidate.refused);
  const own = candidate.endsValue ? undefined : ownValue(session, incoming);
  const comes = own === undefined && !candidate.endsValue ? value : undefined;
  const meta = candidate.settle({
    value: own !== undefined ? 'own' : comes !== undefined ? 'comes' : 'none',
    sameFingerprints: means.sameFingerprints,
    at: means.at,
    ...(comes === undefined ? {} : { fingerprint: session.fingerprint(comes) }),
  });
  return {
    told: {
      id,
      kind,
      act: here === undefined ? 'add' : 'change',
      ...(own?.differs === true ? { valueStays: true } : {}),
    },
    write: { record: { id, kind, meta, revision }, secret: own !== undefined ? 'same' : (comes ?? 'none') },
  };
}

/** Undefined: the vault holds none. `differs`: another than the one that comes. */
function ownValue(session: VaultSession, { id, value }: TravellingRecord): { readonly differs: boolean } | undefined {
  return session.withSecret(id, (held) => ({ differs: value !== undefined && Buffer.compare(held, value) !== 0 }));
}

function skipped({ id, kind }: TravellingRecord, reason: SkipReason): Arrival {
  return { told: { id, kind, act: 'skip', reason } };
}
