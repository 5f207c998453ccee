/**
 * `owner` (what opens a slot: Argon2id's result, a recovery code, a keychain's key), `slot` and `vault` exist only while a
 * vault is opened or a slot is made; the others until lock.
 */
export const keyNames = [
  'owner',
  'slot',
  'vault',
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
export type KeyName = (typeof keyNames)[number];
