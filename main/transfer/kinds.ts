import type { SkipReason } from '../../shared/contract/transfer.ts';
import type { Id } from '../../shared/ids.ts';
import type { RecordStore, Stored } from '../vault/record-store.ts';
import type { VaultReader, VaultRecord } from '../vault/vault.ts';

/** What a room that owns a kind of record says about its going from one vault to another. */
export interface TransferKind<T extends object> {
  readonly store: RecordStore<T>;
  /** What of it leaves, and whether its value does. */
  leaves(record: Stored<T>): { readonly record: Stored<T>; readonly value: boolean };
  /** Looks the vault over once; then says of each record what forbids it to arrive, whatever its revision. */
  refusals(arriving: Arriving): (record: Stored<T>) => SkipReason | undefined;
  /** How it stands here: which value this vault holds of it, and what its own keys make of that. */
  settles(record: Stored<T>, situation: Situation<T>): Stored<T>;
  /** A record of something that can have no value any more: the vault's own goes too. */
  endsValue(record: Stored<T>): boolean;
}

export interface Arriving {
  readonly reader: VaultReader;
  /** In the vault, or arriving before it. */
  isThere(id: Id): boolean;
}

export interface Situation<T> {
  readonly here: Stored<T> | undefined;
  /** Whose value the vault has afterwards. */
  readonly value: 'own' | 'comes' | 'none';
  /** Of the value that comes. */
  readonly fingerprint?: string;
  /** The export's fingerprints were made with this vault's key. */
  readonly sameFingerprints: boolean;
  /** Now. */
  readonly at: string;
}

/** The same without its type, so that kinds can stand in one list. */
export interface AnyKind {
  readonly noun: string;
  leaves(reader: VaultReader, record: VaultRecord): { readonly meta: object; readonly value: boolean };
  prepare(arriving: Arriving): (id: Id, meta: unknown) => Candidate;
}

export type Candidate =
  | { readonly refused: SkipReason }
  | { readonly endsValue: boolean; settle(situation: Omit<Situation<never>, 'here'>): object };

export function transferKind<T extends object>(kind: TransferKind<T>): AnyKind {
  const { store } = kind;
  return {
    noun: store.noun,
    leaves(reader, { id }) {
      const record = store.get(reader, id);
      if (record === undefined) throw new Error('a record that was listed is not there');
      const { record: leaving, value } = kind.leaves(record);
      return { meta: withoutId(leaving), value };
    },
    prepare(arriving) {
      const refusalOf = kind.refusals(arriving);
      return (id, meta) => {
        const record = store.parse(id, meta);
        if (record === undefined) return { refused: 'malformed' };
        const refused = refusalOf(record);
        if (refused !== undefined) return { refused };
        const here = store.get(arriving.reader, id);
        return {
          endsValue: kind.endsValue(record),
          settle: (situation) => withoutId(kind.settles(record, { ...situation, here })),
        };
      };
    },
  };
}

function withoutId({ id: _id, ...meta }: Stored<object>): object {
  return meta;
}
