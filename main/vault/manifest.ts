// The manifest: one sealed row that says what the others must be. Content, big endian:
//
//   version 1 (8 bit) | records (32 bit) | journal rows (32 bit) | set hash 32 | log entries (32 bit) | log head 32 | header hash 32
//
// Its blob carries the sequence number, which grows by one with every transaction. The set hash is the XOR of every row's
// element (see set-hash.ts). A row that is missing, added, swapped or older changes the count or the set hash; a log cut
// short changes its head; another header changes the header hash. What the manifest cannot notice is an older copy of
// the whole file.
import { numberAsRowId, openBlob, sealBlob } from './blob.ts';
import { numberBytes, readBytes } from './byte-reader.ts';
import type { Keys } from './keys.ts';

export interface Manifest {
  readonly recordCount: number;
  readonly journalCount: number;
  readonly setHash: Uint8Array;
  readonly logCount: number;
  readonly logHead: Uint8Array;
  readonly headerHash: Uint8Array;
}

const version = 1;
export const manifestBytes = 1 + 4 + 4 + 32 + 4 + 32 + 32;

export function encodeManifest(manifest: Manifest): Uint8Array {
  return Buffer.concat([
    numberBytes(version, 1),
    numberBytes(manifest.recordCount, 4),
    numberBytes(manifest.journalCount, 4),
    manifest.setHash,
    numberBytes(manifest.logCount, 4),
    manifest.logHead,
    manifest.headerHash,
  ]);
}

/** Undefined: not one of ours, although its seal was good. */
export function parseManifest(content: Uint8Array): Manifest | undefined {
  if (content.length !== manifestBytes) return undefined;
  const reader = readBytes(content);
  if (reader.number(1) !== version) return undefined;
  return {
    recordCount: reader.number(4),
    journalCount: reader.number(4),
    setHash: reader.bytes(32),
    logCount: reader.number(4),
    logHead: reader.bytes(32),
    headerHash: reader.bytes(32),
  };
}

const place = { kind: 'manifest', rowId: numberAsRowId(0) } as const;

export function sealManifest(keys: Keys, manifest: Manifest, sequence: number): Uint8Array {
  const content = encodeManifest(manifest);
  return sealBlob(keys.arena, keys.identity, place, { content, sequence, nonce: keys.nextNonce() });
}

export interface OpenedManifest {
  readonly manifest: Manifest;
  readonly sequence: number;
}

/** Undefined: what stands there is not a manifest of this vault. */
export function openManifest(keys: Keys, blob: unknown): OpenedManifest | undefined {
  if (!(blob instanceof Uint8Array)) return undefined;
  return openBlob(keys.arena, keys.identity, { place, blob }, ({ from, to, sequence }) => {
    const manifest = parseManifest(keys.arena.read(from, to));
    return manifest && { manifest, sequence };
  });
}
