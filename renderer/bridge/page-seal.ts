// The page's half of what shared/contract/page-seal.ts describes.
import { nonceBytes, type SealedInput, type SealedOutput, sealWords } from '../../shared/contract/page-seal.ts';

export interface PageSeal {
  readonly input: SealedInput;
  /** The answer as the contract has it. @throws when it was not sealed by that core to this call */
  open(output: SealedOutput): Promise<Record<string, unknown>>;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Overwrites the bytes among the fields of `input`. */
export async function sealToCore(corePublicKey: Bytes, channel: string, input: object): Promise<PageSeal> {
  // Derived keys are not extractable: the page's script cannot read them either.
  const pair = await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
  if (!('privateKey' in pair)) throw new Error('X25519 makes pairs');
  const from = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const theirs = await crypto.subtle.importKey('raw', corePublicKey, { name: 'X25519' }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, pair.privateKey, 256);
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  new Uint8Array(shared).fill(0);
  const salt = new Uint8Array([...from, ...corePublicKey]);

  const keyFor = (direction: 'to core' | 'to page', use: 'encrypt' | 'decrypt') => {
    const info = utf8(sealWords(direction, channel));
    const aes = { name: 'AES-GCM', length: 256 };
    return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, material, aes, false, [use]);
  };

  const key = await keyFor('to core', 'encrypt');
  const open: Record<string, unknown> = {};
  const sealed: Record<string, Bytes> = {};
  for (const [name, field] of Object.entries(input)) {
    if (!isBytes(field)) open[name] = field;
    else sealed[name] = await seal(key, name, field);
  }
  return {
    input: { from, open, sealed },
    async open(output) {
      const theirKey = await keyFor('to page', 'decrypt');
      const opened: Record<string, unknown> = { ...output.open };
      for (const [name, bytes] of Object.entries(output.sealed)) opened[name] = await unseal(theirKey, name, bytes);
      return opened;
    },
  };
}

async function seal(key: CryptoKey, name: string, bytes: Bytes): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const sealing = crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: utf8(name) }, key, bytes);
  // WebCrypto has copied them before it returns.
  bytes.fill(0);
  const ciphertext = new Uint8Array(await sealing);
  const whole = new Uint8Array(nonceBytes + ciphertext.length);
  whole.set(nonce);
  whole.set(ciphertext, nonceBytes);
  return whole;
}

async function unseal(key: CryptoKey, name: string, bytes: Bytes): Promise<Bytes> {
  const iv = bytes.slice(0, nonceBytes);
  const aes = { name: 'AES-GCM', iv, additionalData: utf8(name) };
  return new Uint8Array(await crypto.subtle.decrypt(aes, key, bytes.slice(nonceBytes)));
}

export function isBytes(value: unknown): value is Bytes {
  return value instanceof Uint8Array;
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}
