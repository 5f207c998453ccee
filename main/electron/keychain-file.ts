// The file beside the vault that the system's keychain makes sense of:
//
//   magic "RONDOKEY" | version 1 (8 bit) | length of the keychain's name (8 bit) | name, ASCII | ciphertext
//
// The name is what tells a desktop that uses another keychain by now from one that lost its key.

export interface KeptKey {
  /** On Linux the backend that Electron named, elsewhere the system. */
  readonly keychainName: string;
  readonly encrypted: Uint8Array;
}

const magic = Buffer.from('RONDOKEY', 'latin1');
const version = 1;
const nameAt = magic.length + 2;

export function encodeKeptKey({ keychainName, encrypted }: KeptKey): Uint8Array {
  const name = Buffer.from(keychainName, 'latin1');
  return Buffer.concat([magic, Uint8Array.of(version, name.length), name, encrypted]);
}

/** Undefined: it is not such a file, or is cut short. */
export function parseKeptKey(bytes: Uint8Array): KeptKey | undefined {
  const file = Buffer.from(bytes);
  const encryptedAt = nameAt + (file[nameAt - 1] ?? 0);
  const isOurs = file.subarray(0, magic.length).equals(magic) && file[magic.length] === version;
  if (!isOurs || file.length <= encryptedAt) return undefined;
  return { keychainName: file.toString('latin1', nameAt, encryptedAt), encrypted: file.subarray(encryptedAt) };
}
