/*
 * Secret bytes on their way through a port: always fields of an input or an output, never deeper (a test holds the
 * contract to it). A structured clone copies them, so each side overwrites its own copy once the message is posted or
 * the call is answered. A clone also carries the whole buffer behind a view, which for Node's small buffers is a pool
 * with other people's data: bytes leave only in a buffer of their own.
 */

/**
 * Lends `send` the same fields, with every byte array in a buffer of its own, and overwrites all of them afterwards: the
 * sender keeps nothing. @throws what `send` throws
 */
export function giveAway(message: unknown, send: (own: unknown) => void): void {
  const own = withOwnBuffers(message);
  try {
    send(own);
  } finally {
    wipeBytes(own);
    wipeBytes(message);
  }
}

/** Overwrites the byte arrays among the fields of `message`. */
export function wipeBytes(message: unknown): void {
  for (const bytes of byteFields(message)) bytes.fill(0);
}

function byteFields(message: unknown): Uint8Array[] {
  if (typeof message !== 'object' || message === null) return [];
  return Object.values(message).filter((field) => field instanceof Uint8Array);
}

function isShared(bytes: Uint8Array): boolean {
  return bytes.byteLength !== bytes.buffer.byteLength;
}

function withOwnBuffers(message: unknown): unknown {
  if (!byteFields(message).some(isShared)) return message;
  const fields = Object.entries(message ?? {});
  return Object.fromEntries(
    fields.map(([name, field]) => [name, field instanceof Uint8Array ? Uint8Array.from(field) : field]),
  );
}
