// The header of an export file, and where its pieces stand.
//
//   offset  0  magic "RONDOEXP"
//           8  version 1 (8 bit)
//           9  password parameters, as in a slot of the vault's header: 1 = Argon2id 1.3 (8 bit) | operations (32 bit)
//              | memory in KiB (32 bit) | salt 16
//          34  length of the content (32 bit)
//          38  stream header 24
//          62  key check 32
//          94  BLAKE2b-256 of everything before, without a key
//         126  pieces: number (32 bit, from 0) | message of crypto_secretstream: 17 bytes more than its text
//
// Big endian. Every piece has 65 536 bytes of text, the last one what is left; it alone has the tag "final". Associated
// data of each: the whole header, then the number. So nothing of the file can change unnoticed. The checksum tells an
// accident from a wrong password, the length a file cut short from one that was changed, the numbers one whose pieces
// were moved; against somebody who means it the seals alone stand. Changing anything here is a new version.
import { numberBytes, readBytes } from './byte-reader.ts';
import { exportCutShort, exportDamaged, exportTooLarge, exportTooNew, notAnExport } from './export-errors.ts';
import type { Hash } from './header.ts';
import { encodePasswordParameters, type PasswordParameters, parsePasswordParameters } from './password-parameters.ts';

export interface ExportHeader {
  readonly parameters: PasswordParameters;
  readonly contentLength: number;
  readonly streamHeader: Uint8Array;
  readonly keyCheck: Uint8Array;
}

const magic = Buffer.from('RONDOEXP', 'latin1');
const version = 1;
const parametersBytes = 25;
export const streamHeaderBytes = 24;
const checksumBytes = 32;
export const exportHeaderBytes = 126;
export const numberLength = 4;

export const textBytes = 64 * 1024;
/** What a message is longer than its text: an encrypted tag before it, 16 bytes of seal behind it. */
export const messageExtraBytes = 17;

/** Some hundred thousand records: all of it stands in memory at once, several times over. */
export const maxContentBytes = 128 * 1024 * 1024;
export const maxExportBytes = fileLength(maxContentBytes);

/** What comes before the key check and is bound into both keys. */
export function encodeExportBasis(header: Omit<ExportHeader, 'keyCheck'>): Uint8Array {
  const parameters = encodePasswordParameters(header.parameters);
  const length = numberBytes(header.contentLength, 4);
  return Buffer.concat([magic, numberBytes(version, 1), parameters, length, header.streamHeader]);
}

export function encodeExportHeader(basis: Uint8Array, keyCheck: Uint8Array, hash: Hash): Uint8Array {
  const covered = Buffer.concat([basis, keyCheck]);
  return Buffer.concat([covered, hash(covered)]);
}

/** @throws AppError invalid-input (no export, too large), vault-too-new, vault-damaged (cut short, changed) */
export function parseExportHeader(sealed: Uint8Array, hash: Hash): ExportHeader {
  if (Buffer.compare(sealed.subarray(0, magic.length), magic) !== 0) throw notAnExport();
  const found = sealed[magic.length];
  if (found === undefined) throw exportCutShort();
  if (found > version) throw exportTooNew(found);
  if (sealed.length < exportHeaderBytes) throw exportCutShort();
  const covered = sealed.subarray(0, exportHeaderBytes - checksumBytes);
  if (Buffer.compare(hash(covered), sealed.subarray(covered.length, exportHeaderBytes)) !== 0) throw exportDamaged(0);
  const reader = readBytes(covered.subarray(magic.length + 1));
  const parameters = parsePasswordParameters(reader.bytes(parametersBytes));
  const contentLength = reader.number(4);
  if (parameters === undefined || found !== version) throw exportDamaged(0);
  if (contentLength > maxContentBytes) throw exportTooLarge();
  if (sealed.length < fileLength(contentLength)) throw exportCutShort();
  // Something behind the end, or nothing at all inside: no export was ever written so.
  if (sealed.length > fileLength(contentLength) || contentLength === 0) throw exportDamaged(pieceCount(contentLength));
  return { parameters, contentLength, streamHeader: reader.bytes(streamHeaderBytes), keyCheck: reader.bytes(32) };
}

export function pieceCount(contentLength: number): number {
  return Math.ceil(contentLength / textBytes);
}

export function fileLength(contentLength: number): number {
  return exportHeaderBytes + contentLength + pieceCount(contentLength) * (numberLength + messageExtraBytes);
}

export interface Piece {
  readonly number: number;
  readonly isLast: boolean;
  /** Of its text within the content. */
  readonly from: number;
  readonly to: number;
  /** Where the piece begins in the file. */
  readonly fileAt: number;
}

export function* piecesOf(contentLength: number): Generator<Piece> {
  const count = pieceCount(contentLength);
  for (let number = 0; number < count; number++) {
    const from = number * textBytes;
    const fileAt = exportHeaderBytes + number * (numberLength + messageExtraBytes + textBytes);
    yield { number, isLast: number === count - 1, from, to: Math.min(from + textBytes, contentLength), fileAt };
  }
}
