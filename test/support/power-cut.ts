// Power cuts in what was recorded: each image of the disk must open as a vault that holds everything acknowledged.
import { createHash } from 'node:crypto';
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
  /** How many, no two of them alike. */
  readonly images: number;
  readonly chance: Seeded;
  readonly deriveKey: DeriveKey;
  /** A folder for the images. */
  readonly vaultDir: string;
  /** What else must hold of the vault. @throws Error if it does not */
  readonly check?: (session: VaultSession) => void;
}

export interface Cuts {
  /** How many were looked at: fewer than wanted, where the recording does not give so many that differ. */
  readonly images: number;
  /** Images in which an acknowledged transaction is missing, and what that looked like. */
  readonly lost: readonly string[];
  /** Images with anything else wrong. */
  readonly failures: readonly string[];
  /** How often a transaction was there that had not been acknowledged yet. */
  readonly early: number;
}

/** The power goes at random moments of it, each time with another choice of what the disk had taken, never twice alike. */
export async function cutPower({ events, sequence }: Recorded, cutting: Cutting): Promise<Cuts> {
  const { chance, vaultDir } = cutting;
  const [lost, failures]: [string[], string[]] = [[], []];
  let [images, early] = [0, 0];
  for (const { position, files, acknowledged } of distinctImages(events, cutting)) {
    images++;
    put(vaultDir, files);
    const must = sequence + acknowledged;
    const where = `cut before event ${position} of ${events.length}, seed ${chance.seed}`;
    const { found, problem } = await look(cutting);
    if (found !== undefined && found < must) lost.push(`${where}: ${found}, acknowledged was ${must}`);
    else if (problem !== undefined || found === undefined || found > must + 1)
      failures.push(`${where}: ${problem ?? found}`);
    else if (found > must) early++;
  }
  return { images, lost, failures, early };
}

interface Image {
  readonly position: number;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly acknowledged: number;
}

/** After so many passes over the recording that bring too little, there are no more. */
const mostPasses = 40;
/** Most moments have few images, so a pass for the last ones tries many times as many. */
const leastTries = 200;

/** Of the same bytes once for each number of transactions that must be there. */
function* distinctImages(events: readonly DiskEvent[], { images, chance }: Cutting): Generator<Image> {
  const firstAck = 1 + events.findIndex(({ kind }) => kind === 'acknowledged');
  const seen = new Set<string>();
  for (let pass = 0; pass < mostPasses && seen.size < images; pass++) {
    const tries = Math.max(images - seen.size, leastTries);
    const positions = Array.from({ length: tries }, () => firstAck + chance.below(events.length - firstAck + 1));
    const disk = new CrashedDisk(events);
    for (const position of positions.sort((left, right) => left - right)) {
      disk.advance(position);
      const { acknowledged } = disk;
      const files = disk.image(chance);
      const digest = digestOf(files, acknowledged);
      if (seen.has(digest) || seen.size === images) continue;
      seen.add(digest);
      yield { position, files, acknowledged };
    }
  }
}

function digestOf(files: ReadonlyMap<string, Buffer>, acknowledged: number): string {
  const hash = createHash('sha256').update(`${acknowledged}`);
  for (const [name, content] of [...files].sort(([left], [right]) => left.localeCompare(right))) {
    hash.update(`\0${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
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
