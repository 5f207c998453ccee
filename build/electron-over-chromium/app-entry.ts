import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface AppEntry {
  readonly modulePath: string;
  readonly name: string;
  readonly version: string;
}

/**
 * What Electron does with `electron <path>`: a folder is an app with a package.json, a file is its main module and has
 * Electron's own name and version.
 * @throws Error in one sentence for the person who started it
 */
export function findAppEntry(path: string, electronVersion: string): AppEntry {
  const full = resolve(path);
  if (!existsSync(full)) throw new Error(`there is no app at ${full}: build it first`);
  if (statSync(full).isFile()) return { modulePath: full, name: 'Electron', version: electronVersion };
  const manifest = JSON.parse(readFileSync(join(full, 'package.json'), 'utf8'));
  const modulePath = join(full, manifest.main ?? 'index.js');
  if (!existsSync(modulePath)) throw new Error(`there is no app at ${modulePath}: build it first`);
  return {
    modulePath,
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? electronVersion,
  };
}
