import { randomFillSync } from 'node:crypto';
import { systemRandom } from '../../main/platform/random.ts';
import { Arena } from '../../main/vault/arena.ts';
import { openBlob, sealBlob } from '../../main/vault/blob.ts';
import { createNonces } from '../../main/vault/nonces.ts';
import { loadSodium, type RawSodium } from '../../main/vault/sodium.ts';
import { type Figure, median, timeEach } from './measure.ts';

/** A token's record without its value is about this long; it is padded to 512 bytes. */
const contentBytes = 300;
const paddedBytes = 512;
const loops = 20_000;

/** Sealing and opening against a bare loop of the same libsodium calls on the same number of bytes: within 1.3. */
export async function measureSealing(): Promise<Figure[]> {
  const sodium = await loadSodium();
  const bare = bareLoops(sodium);
  const ours = ourLoops(sodium);
  const rounds = { seal: [] as number[], open: [] as number[], bareSeal: [] as number[], bareOpen: [] as number[] };
  // In turn, so that a change of the machine's speed falls on both.
  for (let round = 0; round < 9; round += 1) {
    for (const [name, work] of Object.entries({
      seal: ours.seal,
      bareSeal: bare.seal,
      open: ours.open,
      bareOpen: bare.open,
    })) {
      const times = await timeEach(1, () => {}, work);
      if (round > 0 && name in rounds) rounds[name as keyof typeof rounds].push(...times);
    }
  }
  ours.end();
  bare.end();
  const figure = (name: string, our: number, their: number): Figure => ({
    name,
    measured: `${rate(our)} against ${rate(their)} (bare libsodium calls)`,
    ratio: our / their,
    aim: 'within 1.3',
    reached: our / their <= 1.3,
  });
  return [
    figure('sealing', median(rounds.seal), median(rounds.bareSeal)),
    figure('opening', median(rounds.open), median(rounds.bareOpen)),
  ];
}

function rate(elapsedMs: number): string {
  return `${Math.round(loops / elapsedMs)} 000/s`;
}

const rowId = new Uint8Array(16).fill(7);
const identity = { vaultId: new Uint8Array(16).fill(5), epoch: 1 };
const place = { kind: 'meta', rowId } as const;

function ourLoops(sodium: RawSodium) {
  const arena = new Arena(sodium);
  arena.setKey('meta', systemRandom.bytes(32));
  const nextNonce = createNonces(systemRandom);
  const content = systemRandom.bytes(contentBytes);
  const sealed = sealBlob(arena, identity, place, { content, sequence: 1, nonce: nextNonce() });
  return {
    seal() {
      for (let run = 0; run < loops; run += 1)
        sealBlob(arena, identity, place, { content, sequence: run, nonce: nextNonce() });
    },
    open() {
      for (let run = 0; run < loops; run += 1) {
        if (openBlob(arena, identity, { place, blob: sealed }, ({ from, to }) => arena.read(from, to)) === undefined)
          throw new Error('it does not open');
      }
    },
    end: () => arena.destroy(),
  };
}

/** What any program must do to seal as much: copy in, encrypt, copy out, with a fresh nonce and the plaintext cleared. */
function bareLoops(sodium: RawSodium) {
  const key = sodium._malloc(32);
  const nonce = sodium._malloc(24);
  const associated = sodium._malloc(42);
  const text = sodium._malloc(paddedBytes + 16);
  sodium.HEAPU8.set(systemRandom.bytes(32), key);
  const plain = systemRandom.bytes(paddedBytes);
  const nonces = new Uint8Array(24 * 256);
  const head = new Uint8Array(42).fill(9);
  let used = nonces.length;
  const seal = () => {
    if (used === nonces.length) {
      randomFillSync(nonces);
      used = 0;
    }
    const memory = sodium.HEAPU8;
    const fresh = nonces.subarray(used, used + 24);
    used += 24;
    memory.set(fresh, nonce);
    memory.set(head, associated);
    memory.set(plain, text);
    sodium._crypto_aead_xchacha20poly1305_ietf_encrypt(text, 0, text, paddedBytes, 0, associated, 42, 0, 0, nonce, key);
    const sealed = new Uint8Array(42 + 24 + paddedBytes + 16);
    sealed.set(head, 0);
    sealed.set(fresh, 42);
    sealed.set(memory.subarray(text, text + paddedBytes + 16), 66);
    memory.fill(0, text, text + paddedBytes + 16);
    return sealed;
  };
  const sealed = seal();
  const open = () => {
    const memory = sodium.HEAPU8;
    memory.set(sealed.subarray(42, 66), nonce);
    memory.set(sealed.subarray(0, 42), associated);
    memory.set(sealed.subarray(66), text);
    const length = paddedBytes + 16;
    const status = sodium._crypto_aead_xchacha20poly1305_ietf_decrypt(
      text,
      0,
      0,
      text,
      length,
      0,
      associated,
      42,
      0,
      nonce,
      key,
    );
    if (status !== 0) throw new Error('it does not open');
    const opened = memory.slice(text, text + contentBytes);
    memory.fill(0, text, text + length);
    return opened;
  };
  return {
    seal() {
      for (let run = 0; run < loops; run += 1) seal();
    },
    open() {
      for (let run = 0; run < loops; run += 1) open();
    },
    end() {
      for (const block of [key, nonce, associated, text]) sodium._free(block);
    },
  };
}
