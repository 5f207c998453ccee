// What is left in libsodium's memory, which nothing but this process's end would clear.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import { loadSodium } from '../../../main/vault/sodium.ts';
import { deriveSubkey } from '../../support/reference-crypto.ts';
import { type TemporaryVault, temporaryVault } from '../../support/temporary-vault.ts';

const subkeyNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const texts = ['canary-label-5f21', 'canary-value-9c7e', 'canary-step-1a0b', 'canary-detail-77d4'];
const [label = '', value = '', step = '', detail = ''] = texts;

let vault: TemporaryVault;
let vaultKey: Uint8Array;
beforeEach(async () => {
  const keys: Uint8Array[] = [];
  vault = await temporaryVault({
    random: {
      bytes(length) {
        const bytes = systemRandom.bytes(length);
        if (length === 32) keys.push(new Uint8Array(bytes));
        return bytes;
      },
    },
  });
  expect(keys).toHaveLength(1);
  vaultKey = keys[0] ?? new Uint8Array();
});
afterEach(() => vault.dispose());

async function heldTexts(): Promise<string[]> {
  const memory = Buffer.from((await loadSodium()).HEAPU8.buffer);
  return texts.filter((text) => memory.includes(text));
}

async function heldKeys(): Promise<number[]> {
  const memory = Buffer.from((await loadSodium()).HEAPU8.buffer);
  const candidates = [vaultKey, ...subkeyNumbers.map((number) => deriveSubkey(vaultKey, number, 'RondoVlt'))];
  return candidates.flatMap((key, index) => (memory.includes(Buffer.from(key)) ? [index] : []));
}

function writeAll(): string {
  const { session } = vault;
  const id = session.newId();
  session.write((transaction) => {
    transaction.putRecord({ id, kind: 'token', meta: { label } }, new TextEncoder().encode(value));
    transaction.putJournal(id, { step });
    transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'x', outcome: 'ok', detail });
  });
  return id;
}

describe('libsodium’s memory', () => {
  test('holds no plaintext after any call', async () => {
    const id = writeAll();
    expect(await heldTexts()).toEqual([]);
    vault.session.withSecret(id, () => 0);
    vault.session.fingerprint(new TextEncoder().encode(value));
    vault.session.log();
    vault.session.verify();
    expect(await heldTexts()).toEqual([]);
    expect(() => vault.session.write(() => vault.session.withSecret(id, () => expect.fail('mine')))).toThrow('mine');
    expect(await heldTexts()).toEqual([]);
  });

  test('shows a plaintext to this search where it does stand', async () => {
    const sodium = await loadSodium();
    const at = sodium._malloc(64);
    sodium.HEAPU8.set(Buffer.from(label), at);
    expect(await heldTexts()).toEqual([label]);
    sodium.HEAPU8.fill(0, at, at + 64);
    sodium._free(at);
  });

  test('holds the subkeys while the vault is unlocked, and no key after lock', async () => {
    writeAll();
    expect(await heldKeys(), 'the vault key itself is needed only to derive them').toEqual(subkeyNumbers);
    vault.vault.lock();
    expect(await heldKeys()).toEqual([]);
    expect(await heldTexts()).toEqual([]);
    await vault.vault.unlock(vault.password());
    expect(await heldKeys()).toEqual(subkeyNumbers);
    vault.vault.lock();
    await vault.vault.unlock(new TextEncoder().encode('wrong')).catch(() => {});
    expect(await heldKeys()).toEqual([]);
  });
});
