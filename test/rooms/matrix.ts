import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import { at, type Finding, type SourceFile } from './source-file.ts';

/** Which of our own files a room may import. */
interface Room {
  /** A folder (ends with `/`) or one file. The longest that fits a path is its room. */
  readonly place: string;
  /** Folders or files, besides the room's own. `type …`: its types only. */
  readonly mayImport: readonly string[];
}

/** What every room of main may use: the language of both sides, the one expected failure, the machine. */
const common = ['shared/', 'main/app-error.ts', 'main/platform/'];

/** What a noun sees of the rooms below it: interfaces, the typed store over the vault, and pure questions. */
const nounMayImport = [
  ...common,
  'type main/vault/vault.ts',
  'main/vault/record-store.ts',
  'type main/vault/witness.ts',
  'type main/circleci/circleci.ts',
  'main/circleci/token-shape.ts',
  'main/circleci/pasted-token.ts',
  'main/circleci/host.ts',
];

const nouns = [
  'accounts',
  'tokens',
  'rotation',
  'destinations',
  'expiry',
  'leaks',
  'audit',
  'backup',
  'transfer',
  'settings',
];

/** A front door sees the core or its process, and the contract. */
const frontDoorMayImport = [...common, 'main/core.ts', 'main/core-process/', 'type main/dispatch.ts'];

export const rooms: readonly Room[] = [
  { place: 'shared/', mayImport: [] },
  { place: 'renderer/', mayImport: ['shared/'] },
  { place: 'main/app-error.ts', mayImport: ['shared/'] },
  { place: 'main/events.ts', mayImport: ['shared/'] },
  { place: 'main/dispatch.ts', mayImport: common },
  { place: 'main/client.ts', mayImport: ['shared/', 'type main/dispatch.ts'] },
  { place: 'main/running.ts', mayImport: common },
  { place: 'main/inventory.ts', mayImport: common },
  { place: 'main/foreign-writes.ts', mayImport: common },
  { place: 'main/platform/', mayImport: common },
  { place: 'main/vault/', mayImport: common },
  { place: 'main/circleci/', mayImport: common },
  { place: 'main/sandbox/', mayImport: common },
  ...nouns.map((noun) => ({ place: `main/${noun}/`, mayImport: nounMayImport })),
  {
    place: 'main/repair-notes.ts',
    mayImport: [
      ...common,
      ...['main/accounts/', 'main/rotation/', 'main/tokens/'],
      ...['type main/vault/repair-notes.ts', 'type main/vault/vault.ts'],
    ],
  },
  {
    place: 'main/core.ts',
    mayImport: [
      ...common,
      ...[
        'main/dispatch.ts',
        'main/client.ts',
        'main/events.ts',
        'main/running.ts',
        'main/inventory.ts',
        'main/foreign-writes.ts',
        'main/repair-notes.ts',
      ],
      ...['main/vault/', 'main/circleci/', 'main/sandbox/'],
      ...nouns.map((noun) => `main/${noun}/`),
    ],
  },
  {
    place: 'main/core-process/',
    mayImport: [...common, 'main/core.ts', 'main/client.ts', 'type main/dispatch.ts'],
  },
  { place: 'main/cli/', mayImport: frontDoorMayImport },
  // The desktop answers calls of its own, of the same kit, through a dispatch of its own.
  { place: 'main/electron/', mayImport: [...frontDoorMayImport, 'main/dispatch.ts', 'main/events.ts'] },
  { place: 'build/', mayImport: [] },
  { place: 'test/', mayImport: ['shared/', 'main/', 'renderer/', 'build/'] },
];

export function importMatrix(file: SourceFile): Finding[] {
  const findings = (problem: string, offset: number) => [{ rule: 'matrix', at: at(file, offset), problem }];
  const room = roomOf(file.path);
  if (room === undefined) return findings('lies in no room: give it one in test/rooms/matrix.ts', 0);
  return importsOf(file).flatMap(({ specifier, isTypeOnly, offset }) => {
    if (specifier === undefined) {
      return isShipped(file.path) ? findings('imports something that only running it would tell', offset) : [];
    }
    if (!isPath(specifier)) return [];
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : specifier;
    const isAllowed = [room.place, ...room.mayImport].some((allowed) => permits(allowed, target, isTypeOnly));
    return isAllowed ? [] : findings(`${room.place} may not import ${specifier}`, offset);
  });
}

function roomOf(path: string): Room | undefined {
  const fitting = rooms.filter((room) => covers(room.place, path));
  return fitting.toSorted((a, b) => b.place.length - a.place.length)[0];
}

function permits(allowed: string, target: string, isTypeOnly: boolean): boolean {
  const isTypesOnly = allowed.startsWith('type ');
  return covers(isTypesOnly ? allowed.slice('type '.length) : allowed, target) && (isTypeOnly || !isTypesOnly);
}

function covers(place: string, path: string): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place;
}

/** Also `/absolute`, `file:` and `#alias`, none of which any room may use. */
export function isPath(specifier: string): boolean {
  return /^[./#]|^(file|data|blob|https?):/.test(specifier);
}

/** Part of the program: tests and build scripts may start what they have just made. */
export function isShipped(path: string): boolean {
  return /^(main|shared|renderer)\//.test(path);
}
