// Power cuts in what was recorded: each image of the disk must open as a vault that holds everything acknowledged.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeriveKey } from '../../main/vault/derive-key.ts';
import type { VaultSession } from '../../main/vault/vault.ts';
import { CrashedDisk } from './crash-image.ts';
import type { DiskEvent } from './disk-recorder.ts';
import { quickVault } from './quick-vault.ts';
import type { Seeded } from './seeded.ts';
import { passwordBytes } from './temporary-vault.ts';
import { describeError } from './vault-surgery.ts';

export interface Recorded {
  readonly events: readonly DiskEvent[];
  /** The vault's sequence number when recording began. */
  readonly sequence: number;
}

export interface Cutting {
  readonly images: number;
  readonly chance: Seeded;
  readonly deriveKey: DeriveKey;
  /** A folder for the images. */
  readonly vaultDir: string;
  /** What else must hold of the vault. @throws Error if it does not */
  readonly check?: (session: VaultSession) => void;
}

export interface Cuts {
  readonly images: number;
  /** Images in which an acknowledged transaction is missing, and what that looked like. */
  readonly lost: readonly string[];
  /** Images with anything else wrong. */
  readonly failures: readonly string[];
  /** How often a transaction was there that had not been acknowledged yet. */
  readonly early: number;
}

/** The power goes at random moments of it, each time with another choice of what the disk had taken. */
export async function cutPower({ events, sequence }: Recorded, cutting: Cutting): Promise<Cuts> {
  const { images, chance, vaultDir } = cutting;
  const firstAck = 1 + events.findIndex(({ kind }) => kind === 'acknowledged');
  const positions = Array.from({ length: images }, () => firstAck + chance.below(events.length - firstAck + 1));
  const disk = new CrashedDisk(events);
  const [lost, failures]: [string[], string[]] = [[], []];
  let early = 0;
  for (const position of positions.sort((left, right) => left - right)) {
    disk.advance(position);
    put(vaultDir, disk.image(chance));
    const must = sequence + disk.acknowledged;
    const where = `cut before event ${position} of ${events.length}, seed ${chance.seed}`;
    const { found, problem } = await look(cutting);
    if (found !== undefined && found < must) lost.push(`${where}: ${found}, acknowledged was ${must}`);
    else if (problem !== undefined || found === undefined || found > must + 1)
      failures.push(`${where}: ${problem ?? found}`);
    else if (found > must) early++;
  }
  return { images, lost, failures, early };
}

function put(vaultDir: string, files: ReadonlyMap<string, Buffer>): void {
  rmSync(vaultDir, { recursive: true, force: true });
  mkdirSync(vaultDir);
  for (const [name, content] of files) writeFileSync(join(vaultDir, name), content);
}

async function look({ vaultDir, deriveKey, check }: Cutting): Promise<{ found?: number; problem?: string }> {
  const vault = quickVault(vaultDir, deriveKey);
  try {
    const session = await vault.unlock(passwordBytes());
    const found = session.sequence();
    const problems = [...session.damaged, ...session.verify().damaged].map(({ id, reason }) => `${id} ${reason}`);
    if (problems.length > 0) return { found, problem: problems.join('; ') };
    check?.(session);
    return { found };
  } catch (error) {
    return { problem: describeError(error) };
  } finally {
    vault.lock();
  }
}
