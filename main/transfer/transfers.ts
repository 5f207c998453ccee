import type { ExportReport, ImportReport } from '../../shared/contract/transfer.ts';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import { discardFile } from '../platform/durable-files.ts';
import type { ExportSeal, VaultSession } from '../vault/vault.ts';
import type { Act, Witness } from '../vault/witness.ts';
import { planArrivals } from './arrivals.ts';
import { encodeContent, encodePlain, overwriteValues, parseContent } from './content.ts';
import { type Departure, gatherDepartures } from './departures.ts';
import { readExportFile, refuseNameInUse, writeExportFile } from './export-files.ts';
import type { AnyKind } from './kinds.ts';

export interface TransferWorld {
  readonly session: () => VaultSession;
  readonly seal: ExportSeal;
  /** What others belong to comes first. */
  readonly kinds: readonly AnyKind[];
  readonly clock: Clock;
  readonly witness: Witness;
}

/** Overwrites the password. @throws AppError locked, invalid-input, not-found (no folder), storage */
export async function exportSealed(world: TransferWorld, path: string, password: Uint8Array): Promise<ExportReport> {
  try {
    refuseNameInUse(path);
    const { departure, createdAt } = gather(world);
    const content = encodeContent(departure.content);
    try {
      writeExportFile(path, await world.seal.seal(content, password));
    } finally {
      content.fill(0);
      overwriteValues(departure.content.records);
    }
    noteOrTakeBack(world, path, 'sealed under a password of its own');
    return report(departure, { path, createdAt, encrypted: true });
  } finally {
    password.fill(0);
  }
}

/** @throws AppError confirmation-required, and as `exportSealed` */
export function exportPlain(world: TransferWorld, path: string, confirm: string): ExportReport {
  if (confirm !== 'PLAIN') {
    throw new AppError(
      'confirmation-required',
      'Whoever reads a plain export can use every token in it. Nothing was written.',
      {
        hint: 'Confirm it with the word PLAIN, or make an encrypted export.',
      },
    );
  }
  refuseNameInUse(path);
  const { departure, createdAt } = gather(world);
  const content = encodePlain(departure.content);
  try {
    writeExportFile(path, content);
  } finally {
    content.fill(0);
    overwriteValues(departure.content.records);
  }
  noteOrTakeBack(world, path, 'in the clear');
  return report(departure, { path, createdAt, encrypted: false });
}

export interface ImportOrder {
  readonly path: string;
  readonly password: Uint8Array;
  readonly dryRun: boolean;
}

/**
 * Merges an export into the vault, in one transaction; the password is overwritten.
 * @throws AppError locked, not-found, invalid-input, wrong-password, vault-too-new, vault-damaged, vault-busy, storage:
 * then nothing was changed
 */
export async function importSealed(
  world: TransferWorld,
  { path, password, dryRun }: ImportOrder,
): Promise<ImportReport> {
  try {
    // Before anybody waits for a key to be derived.
    world.session();
    const encoded = await world.seal.open(readExportFile(path), password);
    try {
      const session = world.session();
      const content = parseContent(encoded);
      const at = isoInstant(world.clock.now());
      const plan = () => planArrivals(session, { kinds: world.kinds, at }, content);
      const arrivals = dryRun ? plan() : await session.exclusively(async () => write(world, plan));
      const records = arrivals.map(({ told }) => told);
      const count = (act: string) => records.filter((record) => record.act === act).length;
      const counts = { add: count('add'), change: count('change'), skip: count('skip') };
      const { createdAt: exportedAt, vaultId } = content;
      return { path, exportedAt, ownVault: vaultId === session.vaultId, dryRun, counts, records };
    } finally {
      encoded.fill(0);
    }
  } finally {
    password.fill(0);
  }
}

function write(world: TransferWorld, plan: () => ReturnType<typeof planArrivals>) {
  return world.session().write((transaction) => {
    const arrivals = plan();
    const written = arrivals.flatMap(({ write: one }) => (one === undefined ? [] : [one]));
    for (const { record, secret } of written) transaction.putRecord(record, secret);
    const detail = `${written.length} of ${arrivals.length} records taken over`;
    transaction.appendLog(world.witness({ action: 'vault.imported', detail }));
    return arrivals;
  });
}

function gather({ session, kinds, clock }: TransferWorld) {
  const createdAt = isoInstant(clock.now());
  return { departure: gatherDepartures(session(), kinds, createdAt), createdAt };
}

/** An export that the log does not know of is none, and its name is free for the next attempt. */
function noteOrTakeBack(world: TransferWorld, path: string, detail: string): void {
  try {
    note(world, { action: 'vault.exported', detail });
  } catch (error) {
    discardFile(path);
    throw error;
  }
}

/** A damaged vault can be read and exported, and writes nothing down. */
function note(world: TransferWorld, act: Act): void {
  const session = world.session();
  if (session.damaged.some(({ kind }) => kind !== 'header')) return;
  session.write((transaction) => transaction.appendLog(world.witness(act)));
}

function report(
  { content, leftOut }: Departure,
  about: Pick<ExportReport, 'path' | 'createdAt' | 'encrypted'>,
): ExportReport {
  const records: Record<string, number> = {};
  for (const { kind } of content.records) records[kind] = (records[kind] ?? 0) + 1;
  const values = content.records.filter(({ value }) => value !== undefined).length;
  return { ...about, records, values, leftOut };
}
