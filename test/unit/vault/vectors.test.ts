// The format, byte for byte. Each vector is computed twice: by the vault's code, and by a reference that shares nothing
// with it. A change that fails here makes every existing vault unreadable.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Arena } from '../../../main/vault/arena.ts';
import { emptyHead, openEntry, readChain, sealEntry } from '../../../main/vault/audit-chain.ts';
import { openBlob, sealBlob } from '../../../main/vault/blob.ts';
import { createDeriveKey } from '../../../main/vault/derive-key.ts';
import { encodeHeader, parseHeader } from '../../../main/vault/header.ts';
import { deriveSubkeys, unwrapVaultKey, wrapVaultKey } from '../../../main/vault/key-slots.ts';
import { plainHash } from '../../../main/vault/keys.ts';
import { encodeManifest, openManifest, sealManifest } from '../../../main/vault/manifest.ts';
import { readMark, sealMark } from '../../../main/vault/mark-file.ts';
import { normalisePassword } from '../../../main/vault/password.ts';
import { encodePasswordParameters, parsePasswordParameters } from '../../../main/vault/password-parameters.ts';
import { RowIndex } from '../../../main/vault/row-index.ts';
import { openJournalRow, openRecordRow } from '../../../main/vault/sealed-rows.ts';
import { loadSodium } from '../../../main/vault/sodium.ts';
import { argon2id, blake2b256, deriveSubkey, padded, xChaCha20Poly1305 } from '../../support/reference-crypto.ts';
import { fromHex, sealing, toHex } from '../../support/sealing.ts';
import { deriveKeyWorkerUrl, temporaryFolder } from '../../support/temporary-vault.ts';
import { readVector } from '../../support/vault-vectors.ts';

const blobVectors = readVector('blob');
const headerVector = readVector('header');
const keyVector = readVector('key-derivation');
const logVector = readVector('log-chain');
const manifestVector = readVector('manifest');
const markVector = readVector('mark');
const setVector = readVector('set-hash');

const big = (value: number, bytes: number) => {
  const whole = Buffer.alloc(8);
  whole.writeBigUInt64BE(BigInt(value));
  return whole.subarray(8 - bytes);
};
const ascii = (text: string) => Buffer.from(text, 'latin1');
const identityOf = (vector: { vaultId: string; epoch: number; vaultKey: string }) => ({
  vaultId: fromHex(vector.vaultId),
  epoch: vector.epoch,
  vaultKey: fromHex(vector.vaultKey),
});
const kindNumbers: Record<string, number> = { meta: 1, secret: 2, journal: 3, manifest: 4, log: 5 };

describe('key derivation', () => {
  const vector = keyVector;
  const cost = { operations: vector.operations, memoryBytes: vector.memoryBytes };
  const slot = { id: vector.slotId, type: 'password', parameters: fromHex(vector.parameters) } as const;

  test('normalises the password and derives with Argon2id in the worker', async () => {
    const password = normalisePassword(new TextEncoder().encode(vector.password));
    expect(toHex(password)).toBe(vector.normalised);
    expect(toHex(argon2id(password, fromHex(vector.salt), cost))).toBe(vector.derived);
    const { key } = await createDeriveKey(deriveKeyWorkerUrl)({ password, salt: fromHex(vector.salt), cost });
    expect(toHex(key)).toBe(vector.derived);
    expect(password.length, 'the password was handed over, not copied').toBe(0);
  });

  test('writes and reads the parameters', () => {
    expect(toHex(encodePasswordParameters({ cost, salt: fromHex(vector.salt) }))).toBe(vector.parameters);
    expect(parsePasswordParameters(fromHex(vector.parameters))).toEqual({ cost, salt: fromHex(vector.salt) });
  });

  test('wraps and unwraps the vault key', async () => {
    const arena = new Arena(await loadSodium());
    arena.setKey('owner', fromHex(vector.derived));
    arena.setKey('vault', fromHex(vector.vaultKey));
    const wrapped = wrapVaultKey(arena, fromHex(vector.vaultId), slot, fromHex(vector.nonce));
    expect(toHex(wrapped.keyCheck)).toBe(vector.keyCheck);
    expect(toHex(wrapped.wrappedKey)).toBe(vector.wrappedKey);
    arena.dropKey('vault');
    arena.setKey('owner', fromHex(vector.derived));
    expect(unwrapVaultKey(arena, fromHex(vector.vaultId), wrapped)).toBe('opened');
    arena.writeKey(0, 'vault');
    expect(toHex(arena.read(0, 32))).toBe(vector.vaultKey);
    arena.destroy();
  });

  test('agrees with the reference', () => {
    const [vaultId, id] = [fromHex(vector.vaultId), Uint8Array.of(vector.slotId)];
    const key = (keyHex: string) => ({ key: fromHex(keyHex) });
    const slotKey = blake2b256(Buffer.concat([ascii('rondo.kek.password'), vaultId, id]), key(vector.derived));
    expect(toHex(slotKey)).toBe(vector.slotKey);
    const check = blake2b256(Buffer.concat([ascii('rondo.key-check'), vaultId, id]), key(vector.slotKey));
    expect(toHex(check)).toBe(vector.keyCheck);
    const associated = Buffer.concat([ascii('slot'), vaultId, id, Uint8Array.of(1), slot.parameters]);
    const sealed = { plaintext: fromHex(vector.vaultKey), associated };
    expect(toHex(xChaCha20Poly1305(slotKey, fromHex(vector.nonce), sealed))).toBe(vector.wrappedKey);
  });

  test('derives every subkey', async () => {
    const arena = new Arena(await loadSodium());
    arena.setKey('vault', fromHex(vector.vaultKey));
    deriveSubkeys(arena);
    const names = [
      'meta',
      'secret',
      'journal',
      'manifest',
      'log',
      'set-hash',
      'fingerprint',
      'export',
      'mark',
    ] as const;
    for (const [index, name] of names.entries()) {
      expect(toHex(deriveSubkey(fromHex(vector.vaultKey), index + 1, 'RondoVlt'))).toBe(vector.subkeys[name]);
      arena.writeKey(0, name);
      expect(toHex(arena.read(0, 32)), name).toBe(vector.subkeys[name]);
    }
    arena.destroy();
  });
});

test('a header is written, read and hashed', async () => {
  const arena = new Arena(await loadSodium());
  const hash = plainHash(arena);
  const slots = headerVector.slots.map((slot) => ({
    id: slot.id,
    type: slot.type,
    parameters: fromHex(slot.parameters),
    keyCheck: fromHex(slot.keyCheck),
    nonce: fromHex(slot.nonce),
    wrappedKey: fromHex(slot.wrappedKey),
  }));
  const { epoch, counter, encoded } = headerVector;
  const header = { vaultId: fromHex(headerVector.vaultId), epoch, counter, slots };
  expect(toHex(encodeHeader(header, hash))).toBe(encoded);
  expect(toHex(encodeHeader(header, blake2b256))).toBe(encoded);
  expect(parseHeader(fromHex(encoded), hash)).toEqual(header);
  expect(toHex(hash(fromHex(encoded)))).toBe(headerVector.hash);
  arena.destroy();
});

test.each(blobVectors.cases)('a $kind blob with content $content', async (vector) => {
  const { kind, sequence } = vector;
  const keys = await sealing(identityOf(blobVectors));
  const place = { kind, rowId: fromHex(vector.rowId) };
  const content = fromHex(vector.content);
  const blob = sealBlob(keys.arena, keys.identity, place, { content, sequence, nonce: fromHex(vector.nonce) });
  expect(toHex(blob)).toBe(vector.blob);
  const opened = openBlob(keys.arena, keys.identity, { place, blob }, ({ from, to, sequence: found }) => {
    return { found, content: toHex(keys.arena.read(from, to)) };
  });
  expect(opened).toEqual({ found: sequence, content: vector.content });
  keys.dispose();

  const kindNumber = kindNumbers[kind] ?? 0;
  const head = Buffer.concat([ascii('RNDO'), Uint8Array.of(kindNumber, 1), big(blobVectors.epoch, 4), place.rowId]);
  const key = deriveSubkey(fromHex(blobVectors.vaultKey), kindNumber, 'RondoVlt');
  const sealed = xChaCha20Poly1305(key, fromHex(vector.nonce), {
    plaintext: padded(Buffer.concat([big(sequence, 8), content])),
    associated: Buffer.concat([fromHex(blobVectors.vaultId), head]),
  });
  expect(toHex(Buffer.concat([head, fromHex(vector.nonce), sealed]))).toBe(vector.blob);
});

test('the set hash', async () => {
  const keys = await sealing(identityOf(setVector));
  const reference = { key: deriveSubkey(fromHex(setVector.vaultKey), 6, 'RondoVlt') };
  const index = new RowIndex();
  for (const row of setVector.rows) {
    const rowId = fromHex(row.rowId);
    const blobs = row.blobs.map(fromHex);
    const [first = rowId, second = rowId] = blobs;
    const table = row.table === 'record' ? 1 : 2;
    const opened =
      table === 1 ? openRecordRow(keys, rowId, { meta: first, secret: second }) : openJournalRow(keys, rowId, first);
    expect(Buffer.from(opened?.element ?? '', 'latin1').toString('hex')).toBe(row.element);
    const covered = [Uint8Array.of(table), rowId, big(first.length, 4), fromHex(setVector.vaultId), ...blobs];
    expect(toHex(blake2b256(Buffer.concat(covered), reference))).toBe(row.element);
    if (opened !== undefined) index.addElement(opened.element);
  }
  expect(toHex(index.setHash)).toBe(setVector.setHash);
  keys.dispose();
});

test('the audit chain', async () => {
  const nonces = logVector.entries.map(({ nonce }) => fromHex(nonce));
  const keys = await sealing({ ...identityOf(logVector), nonces });
  const reference = { key: deriveSubkey(fromHex(logVector.vaultKey), 5, 'RondoVlt') };
  let previous = emptyHead;
  for (const { number, sequence, entry, hash, blob } of logVector.entries) {
    const sealed = sealEntry(keys, { number, previous, sequence }, entry);
    expect({ hash: toHex(sealed.hash), blob: toHex(sealed.blob) }).toEqual({ hash, blob });
    expect(openEntry(keys, number, sealed.blob)).toMatchObject({ entry, hash: sealed.hash });
    const covered = Buffer.concat([previous, big(number, 8), Buffer.from(JSON.stringify(entry))]);
    expect(toHex(blake2b256(covered, reference))).toBe(hash);
    previous = new Uint8Array(sealed.hash);
  }
  const rows = logVector.entries.map(({ number, blob }) => [number, fromHex(blob)] as const);
  expect(readChain(keys, rows, { logCount: 3, logHead: previous }).broken).toEqual([]);
  keys.dispose();
});

test('the manifest', async () => {
  const keys = await sealing({ ...identityOf(manifestVector), nonces: [fromHex(manifestVector.nonce)] });
  const { recordCount, journalCount, logCount, ...hashes } = manifestVector.manifest;
  const { setHash, logHead, headerHash } = hashes;
  const manifest = {
    recordCount,
    journalCount,
    setHash: fromHex(setHash),
    logCount,
    logHead: fromHex(logHead),
    headerHash: fromHex(headerHash),
  };
  expect(toHex(encodeManifest(manifest))).toBe(manifestVector.content);
  const blob = sealManifest(keys, manifest, manifestVector.sequence);
  expect(toHex(blob)).toBe(manifestVector.blob);
  expect(openManifest(keys, blob)).toEqual({ manifest, sequence: manifestVector.sequence });
  keys.dispose();
});

test.each(markVector.cases)('a mark at $sequence, the latest $latest', async ({ sequence, latest, ...bytes }) => {
  const keys = await sealing({ ...identityOf(markVector), nonces: [fromHex(bytes.nonce)] });
  const blob = fromHex(bytes.blob);
  const folder = temporaryFolder();
  const path = join(folder.path, 'mark');
  writeFileSync(path, blob);
  const id = bytes.nonce.slice(0, 8);
  expect(readMark(keys, path)).toEqual(latest === undefined ? { sequence, id } : { sequence, latest, id });
  folder.dispose();
  // Without the latest number it was sealed by an earlier Rondo.
  if (latest !== undefined) expect(toHex(sealMark(keys, sequence, latest))).toBe(bytes.blob);
  keys.dispose();

  const head = Buffer.concat([ascii('RNDO'), Uint8Array.of(6, 1), big(markVector.epoch, 4), new Uint8Array(16)]);
  const content = Buffer.concat([Uint8Array.of(1), latest === undefined ? new Uint8Array(0) : big(latest, 8)]);
  expect(toHex(content)).toBe(bytes.content);
  const sealed = xChaCha20Poly1305(deriveSubkey(fromHex(markVector.vaultKey), 9, 'RondoVlt'), fromHex(bytes.nonce), {
    plaintext: padded(Buffer.concat([big(sequence, 8), content])),
    associated: Buffer.concat([fromHex(markVector.vaultId), head]),
  });
  expect(toHex(Buffer.concat([head, fromHex(bytes.nonce), sealed]))).toBe(bytes.blob);
});
