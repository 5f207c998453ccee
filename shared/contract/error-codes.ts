/**
 * The closed list of error codes. Every failure that leaves the core carries exactly one of them; scripts and screens
 * branch on the code, never on the message. Adding a code means giving it an exit code in `main/cli/exit-codes.ts`.
 */
export const errorCodes = [
  'internal',
  'usage',
  'invalid-input',
  'wrong-password',
  'locked',
  'not-found',
  'ambiguous',
  'unauthorized',
  'forbidden',
  'refused',
  'unsupported',
  'network',
  'rate-limited',
  'server-error',
  'needs-attention',
  'rotation-open',
  'stopped',
  'vault-damaged',
  'vault-too-new',
  'vault-busy',
  'storage',
  'confirmation-required',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** CircleCI let Rondo not do it: a person can still do it on CircleCI's own page. */
export const leftToPerson: ReadonlySet<ErrorCode> = new Set(['unauthorized', 'forbidden', 'refused', 'unsupported']);

/** Facts about a failure for scripts: numbers, names, ids. Never a value, a password or a key. */
export type ErrorDetails = Readonly<Record<string, unknown>>;
