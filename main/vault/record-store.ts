import type * as z from 'zod';
import { type Id, matchPrefix, minPrefixLength } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { SecretChange, VaultReader, VaultTransaction } from './vault.ts';

export type Stored<T> = T & { readonly id: Id };

/** A typed view over the vault's sealed records of one kind. It decides nothing. */
export interface RecordStore<T> {
  readonly noun: string;
  list(reader: VaultReader): readonly Stored<T>[];
  get(reader: VaultReader, id: Id): Stored<T> | undefined;
  /** The one record whose id starts with `prefix`. @throws AppError not-found, ambiguous */
  resolve(reader: VaultReader, prefix: string): Stored<T>;
  put(transaction: VaultTransaction, record: Stored<T>, secret: SecretChange): void;
  /** What was written elsewhere, as a record of this kind. Undefined: it does not have the shape of one. */
  parse(id: Id, meta: unknown): Stored<T> | undefined;
}

/** `noun` is what a person calls it: `token`, `account`. It is also the kind inside the sealed part. */
export function createRecordStore<Schema extends z.ZodType<object>>(
  noun: string,
  schema: Schema,
): RecordStore<z.output<Schema>> {
  type T = z.output<Schema>;
  // The vault hands out the same meta object until the row changes, so each is parsed once.
  const parsed = new WeakMap<object, Stored<T>>();

  function typed(id: Id, meta: unknown): Stored<T> {
    const key = typeof meta === 'object' && meta !== null ? meta : {};
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const result = schema.safeParse(meta);
    if (!result.success) {
      throw new AppError(
        'vault-damaged',
        `A ${noun} in the vault does not have the shape of one. It was left as it is.`,
        {
          details: { reason: 'rows', id },
          cause: result.error,
        },
      );
    }
    const record = { ...result.data, id };
    parsed.set(key, record);
    return record;
  }

  function list(reader: VaultReader): readonly Stored<T>[] {
    return reader.records(noun).map((record) => typed(record.id, record.meta));
  }

  return {
    noun,
    list,
    get(reader, id) {
      const record = reader.record(id);
      return record?.kind === noun ? typed(id, record.meta) : undefined;
    },
    resolve(reader, prefix) {
      const ids = matchPrefix(
        prefix,
        reader.records(noun).map((record) => record.id),
      );
      const [only] = ids;
      const record = only === undefined ? undefined : reader.record(only);
      if (record === undefined) {
        throw new AppError('not-found', `There is no ${noun} with the id ${prefix}.`, { effect: 'nothing-changed' });
      }
      if (ids.length > 1) throw ambiguous(noun, prefix, ids);
      return typed(record.id, record.meta);
    },
    put(transaction, { id, ...meta }, secret) {
      transaction.putRecord({ id, kind: noun, meta }, secret);
    },
    parse(id, meta) {
      const result = schema.safeParse(meta);
      return result.success ? { ...result.data, id } : undefined;
    },
  };
}

function ambiguous(noun: string, prefix: string, ids: readonly Id[]): AppError {
  return new AppError('ambiguous', `${ids.length} ${noun}s have an id that starts with ${prefix}.`, {
    effect: 'nothing-changed',
    hint: `Give more than ${Math.max(prefix.length, minPrefixLength)} characters of the id.`,
    details: { ids },
  });
}
