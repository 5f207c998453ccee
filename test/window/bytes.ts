/**
 * Playwright carries JSON between the page and the test; bytes go as base64 under a key that no contract value has. The
 * page's half is plain JavaScript in serve-window.ts.
 */
export const bytesKey = '__bytes';

export function encode(value: unknown): unknown {
  if (value instanceof Uint8Array) return { [bytesKey]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]));
}

export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  if (bytesKey in value && typeof value[bytesKey] === 'string') {
    return new Uint8Array(Buffer.from(value[bytesKey], 'base64'));
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decode(part)]));
}
