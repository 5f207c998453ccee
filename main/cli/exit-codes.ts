import type { ErrorCode } from '../../shared/contract/error-codes.ts';

/** Scripts rely on these numbers. A new error code does not compile until it has one here. */
export const exitCodes = {
  internal: 1,
  usage: 2,
  'invalid-input': 2,
  'wrong-password': 3,
  locked: 3,
  'not-found': 4,
  ambiguous: 4,
  unauthorized: 5,
  forbidden: 5,
  refused: 5,
  unsupported: 5,
  network: 6,
  'rate-limited': 6,
  'server-error': 6,
  'needs-attention': 7,
  'rotation-open': 7,
  stopped: 7,
  'vault-damaged': 8,
  'vault-too-new': 8,
  'vault-busy': 8,
  storage: 8,
  'confirmation-required': 9,
} as const satisfies Record<ErrorCode, number>;

/** Something is half done and journalled: it outweighs whatever else went wrong. */
const halfDone = 7;

/** The exit code of work in parts: 0 without failures, else the first failure's, except that 7 wins. */
export function exitCodeOfParts(failed: readonly ErrorCode[]): number {
  const codes = failed.map((code) => exitCodes[code]);
  return codes.find((code) => code === halfDone) ?? codes[0] ?? 0;
}
