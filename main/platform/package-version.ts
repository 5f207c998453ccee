import { readFileSync } from 'node:fs';

/** The version that a `package.json` names. */
export function packageVersion(manifestUrl: URL): string {
  const manifest: unknown = JSON.parse(readFileSync(manifestUrl, 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}
