// The page's worked example and the export's vector, stage by stage: by the vault's code, and by a reference that shares
// nothing with it. A stranger's reader is written against these bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../../build/bundle.mjs';
import { encodeContent, parseContent } from '../../../main/transfer/content.ts';
import { createDeriveKey } from '../../../main/vault/derive-key.ts';
import { createExportSeal } from '../../../main/vault/export-seal.ts';
import { openRecordRow, sealMeta } from '../../../main/vault/sealed-rows.ts';
import { argon2id, blake2b256, onlyStreamMessage, padded, xChaCha20Poly1305 } from '../../support/reference-crypto.ts';
import { fromHex, sealing, toHex } from '../../support/sealing.ts';
import { deriveKeyWorkerUrl, temporaryVault } from '../../support/temporary-vault.ts';
import { operate } from '../../support/vault-surgery.ts';
import { readVector } from '../../support/vault-vectors.ts';

const keyVector = readVector('key-derivation');
const worked = readVector('worked-blob');
const exported = readVector('export');
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('the worked example', () => {
  const record = { id: worked.rowId, ...JSON.parse(worked.json) };

  test('comes out of the vault’s code', async () => {
    const identity = {
      vaultId: fromHex(keyVector.vaultId),
      vaultKey: fromHex(keyVector.vaultKey),
      epoch: worked.epoch,
    };
    const keys = await sealing({ ...identity, nonces: [fromHex(worked.nonce)] });
    const meta = sealMeta({ keys, sequence: worked.sequence }, fromHex(worked.rowId), record);
    expect(toHex(meta)).toBe(worked.blob);
    const row = openRecordRow(keys, fromHex(worked.rowId), { meta, secret: meta });
    expect(row).toMatchObject({ record, sequence: worked.sequence });
    keys.dispose();
  });

  test('comes out of the reference, by way of each stage', () => {
    const sequence = Buffer.alloc(8);
    sequence.writeBigUInt64BE(BigInt(worked.sequence));
    const plaintext = padded(Buffer.concat([sequence, utf8(worked.json)]));
    expect(toHex(plaintext)).toBe(worked.plaintext);
    const head = fromHex(worked.blob).subarray(0, 26);
    expect(worked.associated).toBe(keyVector.vaultId + toHex(head));
    const sealed = { plaintext, associated: fromHex(worked.associated) };
    const ciphertext = xChaCha20Poly1305(fromHex(keyVector.subkeys.meta), fromHex(worked.nonce), sealed);
    expect(toHex(ciphertext)).toBe(worked.ciphertext);
    expect(worked.blob).toBe(toHex(head) + worked.nonce + worked.ciphertext);
  });

  test('stands on the page as it is here', () => {
    const page = readFileSync(join(root, 'docs/vault-format.md'), 'utf8').replaceAll(/\s/g, '');
    const { subkeys, password, operations, memoryBytes, slotId, ...stages } = keyVector;
    const { kind, epoch, sequence, ...blob } = worked;
    const { file, content, header, associated, ...stream } = exported;
    const all = { ...stages, ...subkeys, ...blob, ...stream, password: exported.password };
    const missing = Object.entries(all).filter(
      ([, value]) => typeof value === 'string' && !page.includes(value.replaceAll(/\s/g, '')),
    );
    expect(missing.map(([name]) => name)).toEqual([]);
    expect(page).toContain(`operations${operations},memory${memoryBytes / 1024}KiB`);
    expect(password).toBe(exported.password);
  });
});

test('the page has the schema of a vault that was just made, in its order', async () => {
  const made = await temporaryVault();
  made.vault.lock();
  operate(made.vaultDir, (database) => {
    const rows = database.prepare<[], [string]>('SELECT sql FROM sqlite_schema').raw().all();
    const page = readFileSync(join(root, 'docs/vault-format.md'), 'utf8');
    expect(page).toContain(`\`\`\`sql\n${rows.join('\n')}\n\`\`\``);
  });
  made.dispose();
});

describe('the export', () => {
  const cost = { operations: exported.operations, memoryBytes: exported.memoryBytes };

  test('comes out of the vault’s code, and goes back', async () => {
    const given = [exported.salt, exported.streamHeader].map(fromHex).values();
    const random = { bytes: () => given.next().value ?? new Uint8Array() };
    const deriveKey = createDeriveKey(deriveKeyWorkerUrl);
    const seal = createExportSeal({ random, deriveKey, creationKdf: cost });
    const content = fromHex(exported.content);
    expect(toHex(await seal.seal(content, utf8(exported.password)))).toBe(exported.file);
    expect(toHex(await seal.open(fromHex(exported.file), utf8(exported.password)))).toBe(exported.content);
    expect(toHex(encodeContent(parseContent(content)))).toBe(exported.content);
  });

  test('comes out of the reference, by way of each stage', () => {
    const derived = argon2id(utf8(exported.password.normalize('NFKC')), fromHex(exported.salt), cost);
    expect(toHex(derived)).toBe(exported.derived);
    const basis = fromHex(exported.basis);
    const keyed = (label: string) => toHex(blake2b256(Buffer.concat([utf8(label), basis]), { key: derived }));
    expect(keyed('rondo.export.check')).toBe(exported.keyCheck);
    expect(keyed('rondo.export.stream')).toBe(exported.streamKey);
    const covered = exported.basis + exported.keyCheck;
    expect(covered + toHex(blake2b256(fromHex(covered)))).toBe(exported.header);
    expect(exported.associated).toBe(`${exported.header}00000000`);
    const message = onlyStreamMessage(fromHex(exported.streamKey), fromHex(exported.streamHeader), {
      text: fromHex(exported.content),
      associated: fromHex(exported.associated),
      tag: 3,
    });
    expect(exported.file).toBe(`${exported.header}00000000${toHex(message)}`);
  });
});
