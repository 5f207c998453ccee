// The sealed blob: how every row's content stands in the file.
//
//   offset  0  magic "RNDO"
//           4  kind: 1 meta, 2 secret, 3 journal, 4 manifest, 5 log, 6 mark
//           5  suite: 1 = XChaCha20-Poly1305 (IETF), padding ISO 7816-4
//           6  epoch of the vault key, 32 bits
//          10  row id, 16 bytes
//          26  nonce, 24 bytes
//          50  ciphertext, then the tag of 16 bytes
//
// All numbers are big endian. Associated data: the vault id, then the first 26 bytes. Plaintext: the sequence number of the
// transaction that sealed it (64 bits), the content, padding. A blob therefore opens only in its own vault, epoch, kind
// and row; the manifest says whether it is the newest. It describes itself, so that a lost one can be recognised outside
// any table. Changing anything here is a new suite or a new format, never an edit.
import { AppError } from '../app-error.ts';
import { type Arena, nonceBytes, tagBytes } from './arena.ts';
import type { KeyName } from './key-names.ts';
import { bucketLengths, isBucket, maxPaddedBytes, paddedLength, paddingMark } from './padding.ts';

/** In the order of their numbers, which begin at 1. */
const blobKinds = ['meta', 'secret', 'journal', 'manifest', 'log', 'mark'] as const;
export type BlobKind = (typeof blobKinds)[number];

const numberOfKind = (kind: BlobKind) => blobKinds.indexOf(kind) + 1;

/** Undefined: no kind of ours. */
export function kindOfNumber(number: number): BlobKind | undefined {
  return blobKinds[number - 1];
}

const keyOf = (kind: BlobKind): KeyName => kind;

/** "RNDO" */
const magic = 0x524e444f;
const suite = 1;

export const vaultIdBytes = 16;
const rowIdOffset = 10;
export const nonceOffset = 26;
export const sealedOffset = nonceOffset + nonceBytes;
export const maxBlobBytes = sealedOffset + maxPaddedBytes + tagBytes;
/** Every length that a blob can have, ascending. */
export const blobLengths: readonly number[] = bucketLengths.map((length) => sealedOffset + length + tagBytes);
const sequenceBytes = 8;

/** Which vault: part of every blob's associated data. */
export interface VaultIdentity {
  readonly vaultId: Uint8Array;
  readonly epoch: number;
}

/** Where a blob belongs. */
export interface Place {
  readonly kind: BlobKind;
  /** 16 bytes. */
  readonly rowId: Uint8Array;
}

export interface Opened {
  readonly sequence: number;
  /** The content stands in the scratch at [from, to); the caller takes it and clears. */
  readonly from: number;
  readonly to: number;
}

export interface Sealing {
  readonly content: Uint8Array;
  readonly sequence: number;
  readonly nonce: Uint8Array;
  /** The smallest bucket to use, where contents of different length must look alike. */
  readonly leastBytes?: number;
}

/** Seals content for its place. @throws AppError invalid-input when it is too long for any bucket */
export function sealBlob(arena: Arena, identity: VaultIdentity, place: Place, sealing: Sealing): Uint8Array {
  const { content, sequence, nonce, leastBytes } = sealing;
  const length = paddedLength(sequenceBytes + content.length, leastBytes);
  if (length === undefined) throw tooLong(content.length);
  const textAt = vaultIdBytes + sealedOffset;
  const contentEnd = textAt + sequenceBytes + content.length;
  const end = textAt + length + tagBytes;
  try {
    arena.write(0, identity.vaultId);
    writeHead(arena, identity, place, vaultIdBytes);
    arena.write(vaultIdBytes + nonceOffset, nonce);
    arena.writeNumber(textAt, sequence);
    arena.write(textAt + sequenceBytes, content);
    arena.writeByte(contentEnd, paddingMark);
    arena.clear(contentEnd + 1, textAt + length);
    arena.encrypt(keyOf(place.kind), textAt, length, surroundings(vaultIdBytes));
    return arena.read(vaultIdBytes, end);
  } finally {
    arena.clear(0, end);
  }
}

/**
 * Opens the blob that stands in the scratch at `at`, in place; the vault id must stand right before it. Undefined: it is
 * not an authentic blob of this place. The caller clears the scratch in any case.
 */
export function openInPlace(arena: Arena, identity: VaultIdentity, place: Place, span: Span): Opened | undefined {
  const { at, length } = span;
  const sealedLength = length - sealedOffset;
  if (!isBucket(sealedLength - tagBytes) || !isOfPlace(arena, identity, place, at)) return undefined;
  const textAt = at + sealedOffset;
  if (!arena.decrypt(keyOf(place.kind), textAt, sealedLength, surroundings(at))) return undefined;
  const from = textAt + sequenceBytes;
  const to = arena.lastNonZero(from, textAt + sealedLength - tagBytes);
  if (to < from || arena.byteAt(to) !== paddingMark) return undefined;
  return { sequence: arena.readNumber(textAt), from, to };
}

export interface Span {
  readonly at: number;
  readonly length: number;
}

/** Opens a blob and gives its content to `take`, which copies what it needs; then the scratch is zeroed. */
export function openBlob<T>(
  arena: Arena,
  identity: VaultIdentity,
  sealed: { readonly place: Place; readonly blob: Uint8Array },
  take: (opened: Opened) => T,
): T | undefined {
  const { place, blob } = sealed;
  if (blob.length < sealedOffset || !isBucket(blob.length - sealedOffset - tagBytes)) return undefined;
  const end = vaultIdBytes + blob.length;
  try {
    arena.write(0, identity.vaultId);
    arena.write(vaultIdBytes, blob);
    const span = { at: vaultIdBytes, length: blob.length };
    const opened = openInPlace(arena, identity, place, span);
    return opened === undefined ? undefined : take(opened);
  } finally {
    arena.clear(0, end);
  }
}

/** What it says, without a proof. Undefined: it is no blob. */
export function epochOf(blob: Uint8Array): number | undefined {
  const head = Buffer.from(blob.subarray(0, rowIdOffset));
  return head.length === rowIdOffset && head.readUInt32BE(0) === magic ? head.readUInt32BE(6) : undefined;
}

/** The blob's first 26 bytes. */
function writeHead(arena: Arena, { epoch }: VaultIdentity, { kind, rowId }: Place, at: number): void {
  arena.writeUInt32(at, magic);
  arena.writeByte(at + 4, numberOfKind(kind));
  arena.writeByte(at + 5, suite);
  arena.writeUInt32(at + 6, epoch);
  arena.write(at + rowIdOffset, rowId);
}

/** Whether they are what belongs there: read number by number, because this is asked of every row at each unlock. */
function isOfPlace(arena: Arena, { epoch }: VaultIdentity, { kind, rowId }: Place, at: number): boolean {
  return (
    arena.readUInt32(at) === magic &&
    arena.byteAt(at + 4) === numberOfKind(kind) &&
    arena.byteAt(at + 5) === suite &&
    arena.readUInt32(at + 6) === epoch &&
    arena.equals(at + rowIdOffset, rowId)
  );
}

/** Records and journal rows stand under their id; the manifest and log entries have numbers instead. */
export function numberAsRowId(value: number): Uint8Array {
  const rowId = Buffer.alloc(16);
  rowId.writeBigUInt64BE(BigInt(value), 8);
  return rowId;
}

function surroundings(blobAt: number) {
  return {
    associatedAt: blobAt - vaultIdBytes,
    associatedLength: vaultIdBytes + nonceOffset,
    nonceAt: blobAt + nonceOffset,
  };
}

function tooLong(contentLength: number): AppError {
  return new AppError('invalid-input', `One entry of ${contentLength} bytes is more than the vault can hold.`, {
    effect: 'nothing-changed',
    hint: 'Shorten the longest text: one entry can hold about a million bytes.',
  });
}
