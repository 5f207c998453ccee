import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountTransfer, projectTransfer } from '../../main/accounts/for-transfer.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { rotationTransfer } from '../../main/rotation/for-transfer.ts';
import { jobTransfer } from '../../main/rotation/jobs/for-transfer.ts';
import { tokenTransfer } from '../../main/tokens/for-transfer.ts';
import { encodeContent, type TravellingRecord } from '../../main/transfer/content.ts';
import { fingerprintProbe } from '../../main/transfer/departures.ts';
import { transferKind } from '../../main/transfer/kinds.ts';
import { exportSealed, importSealed, type TransferWorld } from '../../main/transfer/transfers.ts';
import type { DeriveKey } from '../../main/vault/derive-key.ts';
import { createExportSeal } from '../../main/vault/export-seal.ts';
import type { VaultSession } from '../../main/vault/vault.ts';
import { createWitness } from '../../main/vault/witness.ts';
import type { ExportReport, ImportReport } from '../../shared/contract/transfer.ts';
import { rememberingDeriveKey } from './quick-vault.ts';
import { cheapKdf, passwordBytes, type TemporaryVault, temporaryFolder, temporaryVault } from './temporary-vault.ts';

/** A vault that exports and imports, as `core.ts` wires it, with records put into it by hand. */
export interface TransferVault extends Disposable {
  readonly vault: TemporaryVault;
  readonly session: VaultSession;
  readonly world: TransferWorld;
  put(records: readonly PutRecord[]): void;
  clear(): void;
  /** Into a new file. */
  export(): Promise<{ readonly path: string; readonly report: ExportReport }>;
  import(path: string, dryRun?: boolean): Promise<ImportReport>;
  /** A file with these records in it, as another vault would have written it. */
  fileOf(records: readonly TravellingRecord[], probe?: string): Promise<string>;
  /** Every record as it stands, its value in hex. */
  dump(): Dump;
}

export interface PutRecord {
  readonly id: string;
  readonly kind: string;
  readonly meta: object;
  readonly revision?: number;
  readonly value?: Uint8Array;
}

export type Dump = Readonly<
  Record<string, { kind: string; revision: number; meta: unknown; value: string | undefined }>
>;

export const kinds = [accountTransfer, projectTransfer, tokenTransfer, rotationTransfer, jobTransfer].map(
  ({ store }) => store.noun,
);

export async function transferVault(deriveKey: DeriveKey = rememberingDeriveKey()): Promise<TransferVault> {
  const vault = await temporaryVault();
  const { session } = vault;
  const folder = temporaryFolder();
  const world: TransferWorld = {
    session: () => session,
    seal: createExportSeal({ random: systemRandom, deriveKey, creationKdf: cheapKdf }),
    kinds: [
      transferKind(accountTransfer),
      transferKind(projectTransfer),
      transferKind(tokenTransfer),
      transferKind(rotationTransfer),
      transferKind(jobTransfer),
    ],
    clock: systemClock,
    witness: createWitness(systemClock, 'test'),
  };
  let files = 0;
  const newPath = () => join(folder.path, `export ${files++}`);
  return {
    vault,
    session,
    world,
    put(records) {
      session.write((transaction) => {
        for (const { value, ...record } of records) transaction.putRecord(record, value ?? 'none');
      });
    },
    clear() {
      session.write((transaction) => {
        for (const kind of kinds) for (const { id } of transaction.records(kind)) transaction.removeRecord(id);
        for (const id of transaction.journal().keys()) transaction.removeJournal(id);
      });
    },
    async export() {
      const path = newPath();
      return { path, report: await exportSealed(world, path, passwordBytes()) };
    },
    import: (path, dryRun = false) => importSealed(world, { path, password: passwordBytes(), dryRun }),
    async fileOf(records, probe = fingerprintProbe(session)) {
      const path = newPath();
      const about = { createdAt: '2026-11-25T00:00:00.000Z', vaultId: session.vaultId, fingerprintProbe: probe };
      const content = encodeContent({ ...about, records });
      writeFileSync(path, await world.seal.seal(content, passwordBytes()));
      return path;
    },
    dump() {
      const rows = kinds.flatMap((kind) => session.records(kind));
      const hex = (id: string) => session.withSecret(id, (secret) => Buffer.from(secret).toString('hex'));
      return Object.fromEntries(rows.map(({ id, ...row }) => [id, { ...row, value: hex(id) }]));
    },
    [Symbol.dispose]() {
      vault.dispose();
      folder.dispose();
    },
  };
}
