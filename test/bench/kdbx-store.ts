import { mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consts, Credentials, CryptoEngine, Kdbx, type KdbxGroup, ProtectedValue } from 'kdbxweb';
import { sampleToken, sampleTokens, sampleValue } from './sample-tokens.ts';

export interface KdbxStore {
  openAndList(): Promise<number>;
  /** Adds an entry, saves the whole file beside the old one, flushes it and puts it in place. */
  add(number: number): Promise<void>;
  close(): Promise<void>;
}

/** The same tokens in a KDBX 4 file. The key derivation answers at once, so the figures are net of it. */
export async function kdbxStore(count: number): Promise<KdbxStore> {
  CryptoEngine.setArgon2Impl(async () => new Uint8Array(32).fill(7).buffer);
  const folder = await mkdtemp(join(tmpdir(), 'rondo-bench-kdbx-'));
  const path = join(folder, 'tokens.kdbx');
  const credentials = () => new Credentials(ProtectedValue.fromString('benchmark'));
  const database = Kdbx.create(credentials(), 'tokens');
  database.setKdf(Consts.KdfId.Argon2id);
  const group = database.getDefaultGroup();
  for (const [number] of sampleTokens(count).entries()) addEntry(database, group, number);
  await save(database, path);
  return {
    async openAndList() {
      const bytes = await readFile(path);
      const loaded = await Kdbx.load(new Uint8Array(bytes).buffer, credentials());
      const rows = loaded.getDefaultGroup().entries.map((entry) => Object.fromEntries(entry.fields));
      return rows.length;
    },
    async add(number) {
      addEntry(database, group, number);
      await save(database, path);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function addEntry(database: Kdbx, group: KdbxGroup, number: number): void {
  const entry = database.createEntry(group);
  const { held, tags, ...fields } = sampleToken(number);
  for (const [name, value] of Object.entries(fields)) entry.fields.set(name, String(value));
  entry.tags = [...tags];
  if (held !== 'none')
    entry.fields.set('Password', ProtectedValue.fromBinary(new Uint8Array(sampleValue(number)).buffer));
}

async function save(database: Kdbx, path: string): Promise<void> {
  const bytes = new Uint8Array(await database.save());
  const file = await open(`${path}.new`, 'w', 0o600);
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
}
