import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import { emptyHead, sealEntry } from '../../../main/vault/audit-chain.ts';
import { type BlobKind, openBlob, type Place, sealBlob, type VaultIdentity } from '../../../main/vault/blob.ts';
import { encodeHeader, type Header, maxHeaderBytes, parseHeader } from '../../../main/vault/header.ts';
import { plainHash } from '../../../main/vault/keys.ts';
import { type Manifest, openManifest, sealManifest } from '../../../main/vault/manifest.ts';
import {
  openJournalRow,
  openRecordRow,
  openSecret,
  sealJournal,
  sealMeta,
  sealSecret,
} from '../../../main/vault/sealed-rows.ts';
import { type Sealing, sealing } from '../../support/sealing.ts';

let keys: Sealing;
let otherKeys: Sealing;
beforeAll(async () => {
  keys = await sealing({ vaultKey: systemRandom.bytes(32), vaultId: systemRandom.bytes(16), epoch: 1 });
  otherKeys = await sealing({ vaultKey: systemRandom.bytes(32), vaultId: keys.identity.vaultId, epoch: 1 });
});
afterAll(() => {
  keys.dispose();
  otherKeys.dispose();
});

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const kinds = fc.constantFrom<BlobKind>('meta', 'secret', 'journal', 'manifest', 'log', 'mark');
const places = fc.record({ kind: kinds, rowId: bytes(16) });
const contents = fc.uint8Array({ maxLength: 2_000 });
const sequences = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const flipAt = fc.record({ at: fc.nat(), bit: fc.nat({ max: 7 }) });

function flipped(original: Uint8Array, { at, bit }: { at: number; bit: number }): Uint8Array {
  const copy = new Uint8Array(original);
  const index = at % copy.length;
  copy[index] = (copy[index] ?? 0) ^ (1 << bit);
  return copy;
}

function seal(place: Place, content: Uint8Array, sequence = 1): Uint8Array {
  return sealBlob(keys.arena, keys.identity, place, { content, sequence, nonce: keys.nextNonce() });
}

function open(blob: Uint8Array, place: Place, identity: VaultIdentity = keys.identity, by = keys) {
  return openBlob(by.arena, identity, { place, blob }, ({ from, to, sequence }) => ({
    sequence,
    content: by.arena.read(from, to),
  }));
}

describe('a blob', () => {
  test('opens to what was sealed, in its own place', () => {
    fc.assert(
      fc.property(places, contents, sequences, (place, content, sequence) => {
        expect(open(seal(place, content, sequence), place)).toEqual({ sequence, content });
      }),
    );
  });

  test('has a length that tells only the bucket', () => {
    fc.assert(
      fc.property(places, contents, (place, content) => {
        const bucket = Math.max(128, 2 ** Math.ceil(Math.log2(content.length + 9)));
        expect(seal(place, content).length).toBe(50 + bucket + 16);
      }),
    );
  });

  test('does not open with any bit flipped, or a byte less or more', () => {
    fc.assert(
      fc.property(places, contents, flipAt, (place, content, flip) => {
        const blob = seal(place, content);
        expect(open(flipped(blob, flip), place)).toBeUndefined();
        expect(open(blob.subarray(0, -1), place)).toBeUndefined();
        expect(open(Buffer.concat([blob, Uint8Array.of(0)]), place)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test('does not open as another kind, row, epoch or vault, nor with another key', () => {
    fc.assert(
      fc.property(places, places, contents, flipAt, (place, other, content, flip) => {
        const blob = seal(place, content);
        const { vaultId, epoch } = keys.identity;
        fc.pre(place.kind !== other.kind);
        expect(open(blob, { ...place, kind: other.kind })).toBeUndefined();
        expect(open(blob, { ...place, rowId: flipped(place.rowId, flip) })).toBeUndefined();
        expect(open(blob, place, { vaultId, epoch: epoch + 1 })).toBeUndefined();
        expect(open(blob, place, { vaultId: flipped(vaultId, flip), epoch })).toBeUndefined();
        expect(open(blob, place, otherKeys.identity, otherKeys)).toBeUndefined();
      }),
    );
  });

  test('cannot be moved to another kind or row by rewriting its head', () => {
    fc.assert(
      fc.property(places, contents, flipAt, (place, content, flip) => {
        const rowId = flipped(place.rowId, flip);
        const moved = Buffer.from(seal(place, content));
        moved.set(rowId, 10);
        expect(open(moved, { ...place, rowId })).toBeUndefined();
      }),
    );
  });

  test('leaves nothing in the scratch, whether it is sealed, opened or refused', () => {
    const place: Place = { kind: 'meta', rowId: new Uint8Array(16) };
    const isClear = () => keys.arena.lastNonZero(0, 2 * 1024 * 1024) === -1;
    const blob = seal(place, systemRandom.bytes(700));
    expect(isClear()).toBe(true);
    expect(open(blob, place)).toBeDefined();
    expect(isClear()).toBe(true);
    expect(open(flipped(blob, { at: 99, bit: 0 }), place)).toBeUndefined();
    expect(isClear()).toBe(true);
    const record = { id: '0'.repeat(32), kind: 'token', meta: 'x', revision: 3 };
    const meta = sealMeta({ keys, sequence: 1 }, place.rowId, record);
    expect(openRecordRow(keys, place.rowId, { meta, secret: meta })).toBeDefined();
    expect(isClear()).toBe(true);
    sealEntry(keys, { number: 1, previous: emptyHead, sequence: 1 }, { at: '', actor: '', action: '', outcome: 'ok' });
    expect(isClear()).toBe(true);
  });

  test('refuses more than a megabyte', () => {
    const place: Place = { kind: 'meta', rowId: new Uint8Array(16) };
    expect(() => seal(place, new Uint8Array(1024 * 1024))).toThrow(/more than the vault can hold/);
    const largest = systemRandom.bytes(1024 * 1024 - 9);
    expect(open(seal(place, largest), place)?.content).toEqual(largest);
  });
});

describe('rows', () => {
  const json = fc.jsonValue({ maxDepth: 3 });

  test('of records open to what was sealed, and to nothing when changed', () => {
    fc.assert(
      fc.property(bytes(16), json, contents, flipAt, (rowId, meta, secret, flip) => {
        const id = Buffer.from(rowId).toString('hex');
        const sealer = { keys, sequence: 7 };
        const record = { id, kind: 'token', meta: JSON.parse(JSON.stringify(meta)) as unknown, revision: 9 };
        const blobs = { meta: sealMeta(sealer, rowId, record), secret: sealSecret(sealer, rowId, secret) };
        const row = openRecordRow(keys, rowId, blobs);
        expect(row).toMatchObject({ record, sequence: 7 });
        expect(openSecret(keys, rowId, blobs.secret)).toEqual(secret);
        expect(openRecordRow(keys, rowId, { ...blobs, meta: flipped(blobs.meta, flip) })).toBeUndefined();
        expect(openSecret(keys, rowId, flipped(blobs.secret, flip))).toBeUndefined();
        const otherSecret = openRecordRow(keys, rowId, { ...blobs, secret: flipped(blobs.secret, flip) });
        expect(otherSecret?.element, 'the element covers the secret part').not.toEqual(row?.element);
      }),
    );
  });

  test('of the journal open to what was sealed, and to nothing when changed', () => {
    fc.assert(
      fc.property(bytes(16), json, flipAt, (rowId, value, flip) => {
        const row = JSON.parse(JSON.stringify(value)) as unknown;
        const blob = sealJournal({ keys, sequence: 3 }, rowId, row);
        expect(openJournalRow(keys, rowId, blob)).toMatchObject({ row, sequence: 3 });
        expect(openJournalRow(keys, rowId, flipped(blob, flip))).toBeUndefined();
        expect(openJournalRow(keys, flipped(rowId, flip), blob)).toBeUndefined();
      }),
    );
  });
});

describe('the manifest', () => {
  const hashes = { setHash: bytes(32), logHead: bytes(32), headerHash: bytes(32) };
  const counts = fc.nat({ max: 2 ** 32 - 1 });
  const manifests: fc.Arbitrary<Manifest> = fc.record({
    recordCount: counts,
    journalCount: counts,
    logCount: counts,
    ...hashes,
  });

  test('opens to what was sealed, and to nothing when changed', () => {
    fc.assert(
      fc.property(manifests, sequences, flipAt, (manifest, sequence, flip) => {
        const blob = sealManifest(keys, manifest, sequence);
        expect(openManifest(keys, blob)).toEqual({ manifest, sequence });
        expect(openManifest(keys, flipped(blob, flip))).toBeUndefined();
      }),
    );
  });
});

describe('the header', () => {
  const slot = fc.record({
    type: fc.constantFrom('password' as const, 'recovery' as const, 'keychain' as const),
    parameters: fc.uint8Array({ maxLength: 100 }),
    keyCheck: bytes(32),
    nonce: bytes(24),
    wrappedKey: bytes(48),
  });
  const counters = fc.nat({ max: 2 ** 32 - 1 });
  const headers: fc.Arbitrary<Header> = fc
    .record({ vaultId: bytes(16), epoch: counters, counter: counters, slots: fc.array(slot, { maxLength: 5 }) })
    .map((header) => ({ ...header, slots: header.slots.map((each, index) => ({ ...each, id: index * 3 + 1 })) }));

  test('is read as it was written, and not at all when changed, cut or continued', () => {
    const hash = plainHash(keys.arena);
    fc.assert(
      fc.property(headers, flipAt, fc.nat(), (header, flip, cut) => {
        const encoded = encodeHeader(header, hash);
        expect(parseHeader(encoded, hash)).toEqual(header);
        expect(parseHeader(flipped(encoded, flip), hash)).toBeUndefined();
        expect(parseHeader(encoded.subarray(0, cut % encoded.length), hash)).toBeUndefined();
        expect(parseHeader(Buffer.concat([encoded, Uint8Array.of(0)]), hash)).toBeUndefined();
      }),
    );
  });

  test('never makes the parser fail, whatever stands there with a right checksum', () => {
    const hash = plainHash(keys.arena);
    const start = Buffer.from('RONDOHDR\x01', 'latin1');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (rest, withStart) => {
        const covered = withStart ? Buffer.concat([start, rest]) : rest;
        const parsed = parseHeader(Buffer.concat([covered, hash(covered)]), hash);
        if (parsed !== undefined) expect(encodeHeader(parsed, hash)).toEqual(Buffer.concat([covered, hash(covered)]));
      }),
    );
    expect(parseHeader(new Uint8Array(maxHeaderBytes + 1), hash)).toBeUndefined();
  });
});
