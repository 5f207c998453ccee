// Run it after every change of dependencies: node build/complete-lock.mjs
//
// npm leaves optional packages out of package-lock.json that the registry at hand does not serve (a mirror often has
// those of its own platform only), and then npm ci refuses the lock everywhere. This adds what is missing: exact version
// from the package that asks for it, system, processor and C library from the name, so that npm skips it elsewhere. There
// is no integrity for a package that could not be seen; npm adds it where it can.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry */

/**
 * @param {{ packages: Record<string, Entry> }} lock
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export function missingOptionalPackages({ packages }) {
  return Object.entries(packages).flatMap(([place, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => ![place, ''].some((from) => Object.hasOwn(packages, lockPlace(from, name))))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  );
}

/**
 * @param {string} from
 * @param {string} name
 */
function lockPlace(from, name) {
  return `${from === '' ? '' : `${from}/`}node_modules/${name}`;
}

/**
 * `@oxc-parser/binding-linux-x64-musl`: after the first word come system, processor and perhaps C library.
 * @param {{ name: string, version: string, dev: boolean }} missing
 * @returns {Entry}
 */
function entryFor({ name, version, dev }) {
  const [, os = '', cpu = '', library = ''] = (name.split('/')[1] ?? name).split('-');
  const libc = library.startsWith('musl') ? 'musl' : library.startsWith('gnu') ? 'glibc' : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    os: [os],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const missing = missingOptionalPackages(lock);
  for (const one of missing) lock.packages[lockPlace('', one.name)] = entryFor(one);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);
  process.stderr.write(`${missing.length} optional packages added to package-lock.json\n`);
}
