import type { Channel } from '../../shared/contract/contract.ts';

/**
 * SECURITY: calls of the core that no page makes, whatever is in it; to a page they do not exist.
 *
 * What opens the vault for the system's keychain is the window's to keep. An export takes every value out of the vault at
 * once, past the panel that shows one value once, under a password that the caller chooses; an import reads any file. So
 * both need somebody who chose the file in a dialogue of the system: the main process, not a page that names a path.
 */
const notForPages: readonly Channel[] = [
  'vault.make-keychain-key',
  'transfer.export',
  'transfer.export-plain',
  'transfer.import',
];

export function isForPages(channel: unknown): boolean {
  return !notForPages.some((name) => name === channel);
}
