// The core's half of what shared/contract/page-seal.ts describes.
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import {
  coreKeyChannel,
  nonceBytes,
  type SealedInput,
  type SealedOutput,
  sealWords,
  tagBytes,
} from '../../shared/contract/page-seal.ts';
import { failure, type Result, success } from '../../shared/contract/result.ts';
import { sealedInput } from '../../shared/contract/sealed-input.ts';
import type { Dispatch } from '../dispatch.ts';
import { wipeBytes } from './byte-fields.ts';

/** Opens what a page sealed before `dispatch` sees it, and seals its answer's bytes to that page. Other calls pass. */
export function openingSeals(dispatch: Dispatch): Dispatch {
  const pair = generateKeyPairSync('x25519');
  const ownPublicKey = rawPublicKey(pair.publicKey);

  function keyOf(page: Uint8Array, words: string): Uint8Array {
    const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: publicKeyOf(page) });
    try {
      return new Uint8Array(hkdfSync('sha256', shared, Buffer.concat([page, ownPublicKey]), words, 32));
    } finally {
      shared.fill(0);
    }
  }

  async function answer(channel: string, input: SealedInput): Promise<Result<unknown>> {
    const opened = openFields(input, keyOf(input.from, sealWords('to core', channel)));
    if (opened === undefined) return notOpened;
    try {
      const result = await dispatch(channel, opened);
      if (!result.ok || input.answer === 'open') return result;
      return success(sealFields(result.value, keyOf(input.from, sealWords('to page', channel))));
    } finally {
      wipeBytes(opened);
    }
  }

  return async (channel, input) => {
    if (channel === coreKeyChannel) return success({ publicKey: ownPublicKey.slice() });
    const sealed = sealedInput.safeParse(input);
    return sealed.success && typeof channel === 'string' ? answer(channel, sealed.data) : dispatch(channel, input);
  };
}

/** Overwrites `key`. Undefined: not sealed to this core's key, or not for this call. */
function openFields({ open, sealed }: SealedInput, key: Uint8Array): Record<string, unknown> | undefined {
  const opened: Record<string, Uint8Array> = {};
  try {
    for (const [name, bytes] of Object.entries(sealed)) {
      const tagAt = bytes.length - tagBytes;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(tagAt));
      const own = ownBuffer(decipher.update(bytes.subarray(nonceBytes, tagAt)));
      opened[name] = own;
      decipher.final();
    }
    return { ...open, ...opened };
  } catch {
    wipeBytes(opened);
    return undefined;
  } finally {
    key.fill(0);
  }
}

/** Overwrites `key` and the bytes that it seals. */
function sealFields(value: unknown, key: Uint8Array): SealedOutput {
  const open: Record<string, unknown> = {};
  const sealed: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const [name, field] of Object.entries(value ?? {})) {
    if (!(field instanceof Uint8Array)) {
      open[name] = field;
      continue;
    }
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name));
    sealed[name] = Uint8Array.from(Buffer.concat([nonce, cipher.update(field), cipher.final(), cipher.getAuthTag()]));
  }
  wipeBytes(value);
  key.fill(0);
  return { open, sealed };
}

/** Not a part of Node's pool, and what `bytes` stood in is overwritten. */
function ownBuffer(bytes: Buffer): Uint8Array {
  const own = Uint8Array.from(bytes);
  bytes.fill(0);
  return own;
}

function rawPublicKey(key: KeyObject): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url'));
}

function publicKeyOf(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
}

const notOpened = failure({
  code: 'stopped',
  message: 'What was entered was sealed to a part of Rondo that has ended meanwhile. Nothing was done.',
  hint: 'Enter it again.',
});
