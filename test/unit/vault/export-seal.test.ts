import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import { createDeriveKey } from '../../../main/vault/derive-key.ts';
import { exportHeaderBytes, fileLength, maxContentBytes, textBytes } from '../../../main/vault/export-header.ts';
import { createExportSeal } from '../../../main/vault/export-seal.ts';
import { loadSodium } from '../../../main/vault/sodium.ts';
import { rememberingDeriveKey } from '../../support/quick-vault.ts';
import { blake2b256 } from '../../support/reference-crypto.ts';
import { cheapKdf, deriveKeyWorkerUrl, passwordBytes } from '../../support/temporary-vault.ts';

const deriveKey = rememberingDeriveKey();
const seal = createExportSeal({ random: systemRandom, deriveKey, creationKdf: cheapKdf });
/** With the real one, for what is about the password. */
const deriving = createExportSeal({ random: systemRandom, deriveKey: createDeriveKey(deriveKeyWorkerUrl) });
const sealed = (content: Uint8Array) => seal.seal(content, passwordBytes());
const problemOf = (bytes: Uint8Array, password = passwordBytes()) =>
  seal.open(bytes, password).then(
    () => 'opened',
    (error) => ({ code: error.code, problem: error.details?.problem }),
  );
const changedAt = (bytes: Uint8Array, at: number) => {
  const changed = new Uint8Array(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
};
/** With a checksum that fits, as only somebody who means it writes it. */
const forged = (bytes: Uint8Array, at: number) => {
  const changed = changedAt(bytes, at);
  changed.set(blake2b256(changed.subarray(0, exportHeaderBytes - 32)), exportHeaderBytes - 32);
  return changed;
};
const pieceBytes = textBytes + 21;
const damaged = (problem: string) => ({ code: 'vault-damaged', problem });

describe('an export', () => {
  test('opens to what was sealed, at every edge of its pieces', async () => {
    for (const length of [1, 100, textBytes - 1, textBytes, textBytes + 1, 3 * textBytes]) {
      const content = systemRandom.bytes(length);
      const bytes = await sealed(content);
      expect(bytes.length).toBe(fileLength(length));
      expect(Buffer.compare(await seal.open(bytes, passwordBytes()), content)).toBe(0);
    }
  });

  test('overwrites the passwords, and is another one each time', async () => {
    const [password, again] = [passwordBytes(), passwordBytes()];
    const content = Buffer.from('{"label":"something to be found"}');
    const bytes = await seal.seal(content, password);
    await seal.open(bytes, again);
    expect([...password, ...again].every((byte) => byte === 0)).toBe(true);
    expect(Buffer.from(bytes).includes('something')).toBe(false);
    expect(Buffer.compare(await sealed(content), bytes)).not.toBe(0);
  });

  test('says what is wrong with it, each thing in its own way', async () => {
    const bytes = await sealed(systemRandom.bytes(2 * textBytes + 500));
    const first = exportHeaderBytes;
    const swapped = new Uint8Array(bytes);
    swapped.set(bytes.subarray(first + pieceBytes, first + 2 * pieceBytes), first);
    swapped.set(bytes.subarray(first, first + pieceBytes), first + pieceBytes);
    const newer = new Uint8Array(bytes);
    newer[8] = 2;

    await expect(deriving.open(bytes, passwordBytes('another'))).rejects.toMatchObject({ code: 'wrong-password' });
    expect(await problemOf(Buffer.from('no export at all'))).toEqual({
      code: 'invalid-input',
      problem: 'not-an-export',
    });
    expect(await problemOf(new Uint8Array())).toEqual({ code: 'invalid-input', problem: 'not-an-export' });
    expect(await problemOf(newer)).toMatchObject({ code: 'vault-too-new' });
    for (const length of [8, 9, 40, first, first + 1, first + pieceBytes, bytes.length - 521, bytes.length - 1])
      expect(await problemOf(bytes.subarray(0, length)), `${length} bytes`).toEqual(damaged('cut-short'));
    expect(await problemOf(Buffer.concat([bytes, Buffer.of(0)]))).toEqual(damaged('changed'));
    expect(await problemOf(swapped)).toEqual(damaged('reordered'));
    for (const at of [9, 20, 40, 70, 100, first + 4, first + 5, first + 900, bytes.length - 1])
      expect(await problemOf(changedAt(bytes, at)), `byte ${at}`).toEqual(damaged('changed'));
    expect(await problemOf(bytes), 'and nothing of that was done to the export itself').toBe('opened');
  });

  test('does not let a header of somebody else’s making stand for its own', async () => {
    const bytes = await sealed(systemRandom.bytes(600));
    // The salt, the stream's header, the key check: another key, so no password opens it.
    for (const at of [20, 40, 70]) expect(await problemOf(forged(bytes, at))).toMatchObject({ code: 'wrong-password' });
    // Cost beyond what is opened: nobody's machine is stopped by a file.
    expect(await problemOf(forged(bytes, 10))).toEqual(damaged('changed'));
    // A length of hundreds of megabytes.
    expect(await problemOf(forged(bytes, 34))).toMatchObject({ code: 'vault-damaged' });
    const huge = new Uint8Array(bytes);
    huge[34] = 0xff;
    expect(await problemOf(forged(huge, 35))).toEqual({ code: 'invalid-input', problem: 'too-large' });
  });

  test('with any one bit changed anywhere opens to nothing', async () => {
    const bytes = await sealed(systemRandom.bytes(textBytes + 300));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const changed = new Uint8Array(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(await problemOf(changed)).not.toBe('opened');
      }),
      { numRuns: 60 },
    );
  });

  test('is refused where it would be too large, before any key is derived', async () => {
    await expect(sealed(new Uint8Array(maxContentBytes + 1))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('leaves neither key nor text in libsodium’s memory', async () => {
    const keys: Uint8Array[] = [];
    const derive = createDeriveKey(deriveKeyWorkerUrl);
    const watching = createExportSeal({
      random: systemRandom,
      creationKdf: cheapKdf,
      async deriveKey(request) {
        const derived = await derive(request);
        keys.push(new Uint8Array(derived.key));
        return derived;
      },
    });
    const content = Buffer.alloc(textBytes + 100, 'canary-content-31c8 ');
    const bytes = await watching.seal(content, passwordBytes());
    await watching.open(bytes, passwordBytes());
    const basis = bytes.subarray(0, exportHeaderBytes - 64);
    const streamKeys = keys.map((key) =>
      blake2b256(Buffer.concat([Buffer.from('rondo.export.stream'), basis]), { key }),
    );
    const memory = Buffer.from((await loadSodium()).HEAPU8.buffer);
    expect(keys).toHaveLength(2);
    expect(
      [...keys, ...streamKeys, Buffer.from('canary-content')].filter((held) => memory.includes(Buffer.from(held))),
    ).toEqual([]);
  });
});
