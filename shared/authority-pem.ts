/** Holds a chain of any real length. */
export const longestAuthorityPem = 65_536;

/**
 * The certificates alone: a file often has words around them, and may hold a private key, which is nobody's to keep here.
 * Empty: there is none.
 */
export function certificatesIn(text: string): string {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map((certificate) => `${certificate}\n`).join('');
}
