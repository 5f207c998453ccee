import * as z from 'zod';
import { id } from '../ids.ts';
import { call, instant, secretBytes } from './kit.ts';

const path = z.string().min(1).max(4_096);
const count = z.int().min(0);

export const exportReport = z.strictObject({
  path,
  createdAt: instant,
  /** False: a plain export, whose values anybody can read. */
  encrypted: z.boolean(),
  /** How many records of each kind are in it, and how many of them with their value. */
  records: z.record(z.string(), count),
  values: count,
  /** Values that are only held until they are taken, rotations under way, and what the vault could not read. */
  leftOut: z.strictObject({ sealedValues: count, openRotations: count, unreadable: count }),
});
export type ExportReport = z.output<typeof exportReport>;

/**
 * Why nothing was done with a record: `same` and `older` say what it is beside the vault's; `other-id` is what the vault
 * knows under another id; `no-account` belongs to an account that is not here; `no-token` is a job of a token that is not here;
 * `open-here` is a rotation under way here.
 */
export const skipReason = z.enum([
  'same',
  'older',
  'other-id',
  'other-kind',
  'no-account',
  'no-token',
  'open-here',
  'unknown-kind',
  'malformed',
]);
export type SkipReason = z.output<typeof skipReason>;

export const importedRecord = z.strictObject({
  id,
  kind: z.string(),
  act: z.enum(['add', 'change', 'skip']),
  reason: skipReason.exactOptional(),
  /** The export has another value than the vault, which keeps its own. */
  valueStays: z.literal(true).exactOptional(),
});
export type ImportedRecord = z.output<typeof importedRecord>;

export const importReport = z.strictObject({
  path,
  /** When the export was made. */
  exportedAt: instant,
  /** It was made of this very vault. */
  ownVault: z.boolean(),
  /** Nothing was written: this is what an import would do. */
  dryRun: z.boolean(),
  counts: z.strictObject({ add: count, change: count, skip: count }),
  records: z.array(importedRecord),
});
export type ImportReport = z.output<typeof importReport>;

const exportPassword = secretBytes.refine((bytes) => bytes.length > 0, { error: 'is empty' });

/** All of these read or write a file that the caller names: for front doors, never for a page. */
export const transferCalls = {
  'transfer.export': call(z.strictObject({ path, exportPassword }), z.strictObject({ export: exportReport })),
  /** Values in clear; `confirm` is the word PLAIN. */
  'transfer.export-plain': call(
    z.strictObject({ path, confirm: z.string() }),
    z.strictObject({ export: exportReport }),
  ),
  'transfer.import': call(
    z.strictObject({ path, exportPassword, dryRun: z.boolean().default(false) }),
    z.strictObject({ import: importReport }),
  ),
} as const;
