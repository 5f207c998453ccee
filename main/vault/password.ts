import { AppError } from '../app-error.ts';

/**
 * The password as it is derived: NFKC, so that the same letters typed on another keyboard or system are the same password.
 * Returns a copy; the caller overwrites both. ASCII is the same in every normal form and never becomes a string, which
 * nobody could overwrite.
 * @throws AppError invalid-input when the bytes are not UTF-8
 */
export function normalisePassword(password: Uint8Array): Uint8Array<ArrayBuffer> {
  if (password.every((byte) => byte < 0x80)) return new Uint8Array(password);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password);
    return new TextEncoder().encode(text.normalize('NFKC'));
  } catch {
    throw new AppError('invalid-input', 'The password is not text in UTF-8.', { effect: 'nothing-changed' });
  }
}
