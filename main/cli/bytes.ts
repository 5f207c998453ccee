export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
