/**
 * `owner` (what opens a slot: Argon2id's result, a recovery code, a keychain's key), `slot` and `vault` exist only while a
 * vault is opened or a slot is made; the others until lock.
 */
export type KeyName =
  | 'owner'
  | 'slot'
  | 'vault'
  | 'meta'
  | 'secret'
  | 'journal'
  | 'manifest'
  | 'log'
  | 'set-hash'
  | 'fingerprint'
  | 'export'
  | 'mark';

export const keyNames: readonly KeyName[] = [
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
];
