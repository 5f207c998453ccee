// What leaves the vault for another one, sealed under a password of its own. export-header.ts has the format.
//
//   derived key = Argon2id 1.3 (password, salt), as for a vault
//   key check   = BLAKE2b-256(key: derived key; "rondo.export.check"  | the header up to the key check)
//   stream key  = BLAKE2b-256(key: derived key; "rondo.export.stream" | the header up to the key check)
//
// The key check comes first because a stream does not commit to its key, and because it tells a wrong password from
// damage. Keys and text are in an arena of their own that is zeroed and given back at the end; sealing and opening never
// touch the keys of a vault.
import { Arena } from './arena.ts';
import { numberBytes } from './byte-reader.ts';
import type { DeriveKey } from './derive-key.ts';
import { edgeAsync, withCopy } from './edges.ts';
import { exportDamaged, exportReordered, exportTooLarge, exportWrongPassword } from './export-errors.ts';
import {
  encodeExportBasis,
  encodeExportHeader,
  exportHeaderBytes,
  fileLength,
  maxContentBytes,
  messageExtraBytes,
  numberLength,
  type Piece,
  parseExportHeader,
  pieceCount,
  piecesOf,
  streamHeaderBytes,
} from './export-header.ts';
import { plainHash } from './keys.ts';
import { deriveOwner, type SlotWorld } from './new-slots.ts';
import { normalisePassword } from './password.ts';
import { parsePasswordParameters } from './password-parameters.ts';
import { loadSodium } from './sodium.ts';
import type { ExportSeal } from './vault.ts';

const messageTag = 0;
const finalTag = 3;

/** Places in the scratch: the stream's state, the associated data, one message. */
const stateAt = 0;
const stateBytes = 64;
const associatedAt = stateBytes;
const associatedLength = exportHeaderBytes + numberLength;
const messageAt = 256;

export function createExportSeal(world: SlotWorld): ExportSeal {
  return {
    seal: (content, password) =>
      edgeAsync(() => withCopy(password, (copy) => sealExport(world, { content, password: copy }))),
    open: (sealed, password) =>
      edgeAsync(() => withCopy(password, (copy) => openExport(world.deriveKey, { sealed, password: copy }))),
  };
}

interface Sealing {
  readonly content: Uint8Array;
  readonly password: Uint8Array;
}

async function sealExport(world: SlotWorld, { content, password }: Sealing): Promise<Uint8Array> {
  if (content.length > maxContentBytes) throw exportTooLarge();
  const owner = await deriveOwner(world, password);
  const parameters = parsePasswordParameters(owner.parameters);
  if (parameters === undefined) throw new Error('Parameters that were just made cannot be read');
  const streamHeader = new Uint8Array(world.random.bytes(streamHeaderBytes));
  const basis = encodeExportBasis({ parameters, contentLength: content.length, streamHeader });
  return withArena((arena) => {
    const keyCheck = takeKey(arena, owner.key, basis);
    const header = encodeExportHeader(basis, keyCheck, plainHash(arena));
    const sealed = new Uint8Array(fileLength(content.length));
    sealed.set(header);
    begin(arena, header, streamHeader);
    for (const piece of piecesOf(content.length)) sealPiece(arena, piece, { content, sealed });
    return sealed;
  });
}

interface Opening {
  readonly sealed: Uint8Array;
  readonly password: Uint8Array;
}

async function openExport(deriveKey: DeriveKey, { sealed, password }: Opening): Promise<Uint8Array> {
  const header = await withArena((arena) => parseExportHeader(sealed, plainHash(arena)));
  const { key } = await deriveKey({ ...header.parameters, password: normalisePassword(password) });
  return withArena((arena) => {
    const keyCheck = takeKey(arena, key, encodeExportBasis(header));
    if (Buffer.compare(keyCheck, header.keyCheck) !== 0) throw exportWrongPassword();
    const content = new Uint8Array(header.contentLength);
    begin(arena, sealed.subarray(0, exportHeaderBytes), header.streamHeader);
    try {
      for (const piece of piecesOf(header.contentLength)) openPiece(arena, piece, { content, sealed });
      return content;
    } catch (error) {
      content.fill(0);
      throw error;
    }
  });
}

/** The stream key becomes `slot`; the derived key is overwritten everywhere. Returns the key check, which is no secret. */
function takeKey(arena: Arena, derived: Uint8Array, basis: Uint8Array): Uint8Array {
  arena.setKey('owner', derived);
  derived.fill(0);
  const stream = Buffer.concat([Buffer.from('rondo.export.stream', 'latin1'), basis]);
  arena.write(0, stream);
  arena.hashToKey('owner', 'slot', 0, stream.length);
  const check = Buffer.concat([Buffer.from('rondo.export.check', 'latin1'), basis]);
  arena.write(0, check);
  // Last: BLAKE2b leaves its result on its stack, and this one may be read.
  const keyCheck = arena.hash('owner', 0, check.length);
  arena.dropKey('owner');
  return keyCheck;
}

function begin(arena: Arena, header: Uint8Array, streamHeader: Uint8Array): void {
  arena.write(messageAt, streamHeader);
  arena.beginStream('slot', stateAt, messageAt);
  arena.dropKey('slot');
  arena.write(associatedAt, header);
}

interface Buffers {
  readonly content: Uint8Array;
  readonly sealed: Uint8Array;
}

function sealPiece(arena: Arena, piece: Piece, { content, sealed }: Buffers): void {
  const length = piece.to - piece.from;
  arena.write(messageAt + 1, content.subarray(piece.from, piece.to));
  arena.push(messageAt, length, messageOf(arena, piece));
  sealed.set(numberBytes(piece.number, numberLength), piece.fileAt);
  const message = arena.read(messageAt, messageAt + length + messageExtraBytes);
  sealed.set(message, piece.fileAt + numberLength);
}

function openPiece(arena: Arena, piece: Piece, { content, sealed }: Buffers): void {
  const length = piece.to - piece.from;
  const from = piece.fileAt + numberLength;
  const found = Buffer.from(sealed.subarray(piece.fileAt, from)).readUInt32BE();
  if (found !== piece.number)
    throw found < pieceCount(content.length) ? exportReordered() : exportDamaged(piece.number + 1);
  arena.write(messageAt, sealed.subarray(from, from + length + messageExtraBytes));
  if (!arena.pull(messageAt, length + messageExtraBytes, messageOf(arena, piece))) {
    throw exportDamaged(piece.number + 1);
  }
  const text = arena.read(messageAt + 1, messageAt + 1 + length);
  content.set(text, piece.from);
  text.fill(0);
}

function messageOf(arena: Arena, { number, isLast }: Piece) {
  arena.writeUInt32(associatedAt + exportHeaderBytes, number);
  return { stateAt, associatedAt, associatedLength, tag: isLast ? finalTag : messageTag };
}

async function withArena<T>(use: (arena: Arena) => T): Promise<T> {
  const arena = new Arena(await loadSodium());
  try {
    return use(arena);
  } finally {
    // Zeroes all of it.
    arena.destroy();
  }
}
