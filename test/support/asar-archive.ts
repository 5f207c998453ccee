// Reads an archive of Electron's as its documentation describes it, with nothing of what wrote it: the sizes of the header
// at its front, the header as JSON, then the files one after the other. Offsets count from the end of the header.
import { readFileSync } from 'node:fs';

export interface ArchivedFile {
  readonly path: string;
  /** Undefined: it lies beside the archive, in `app.asar.unpacked`. */
  readonly content: Buffer | undefined;
  /** SHA-256 of the content, as the archive claims it. */
  readonly claimedHash: string | undefined;
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly offset?: string;
  readonly size?: number;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly hash: string };
}

export function readArchive(archivePath: string): ArchivedFile[] {
  const bytes = readFileSync(archivePath);
  const contentStart = 8 + bytes.readUInt32LE(4);
  const header: Entry = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8'));
  const filesIn = (entry: Entry, path: string): ArchivedFile[] => {
    if (entry.files !== undefined) {
      return Object.entries(entry.files).flatMap(([name, one]) => filesIn(one, path === '' ? name : `${path}/${name}`));
    }
    const start = contentStart + Number(entry.offset);
    const content = entry.unpacked === true ? undefined : bytes.subarray(start, start + (entry.size ?? 0));
    return [{ path, content, claimedHash: entry.integrity?.hash }];
  };
  return filesIn(header, '');
}
