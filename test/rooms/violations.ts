/** A file that breaks a rule, or one that only looks like it (`rule` undefined). */
export interface Planted {
  readonly rule: string | undefined;
  readonly path: string;
  readonly text: string;
}

/** Every way to write an import; those that reach types only are named `type …`. */
const forms: Readonly<Record<string, (specifier: string) => string>> = {
  static: (specifier) => `import { x } from '${specifier}';`,
  'side effect': (specifier) => `import '${specifier}';`,
  namespace: (specifier) => `import * as x from '${specifier}';`,
  dynamic: (specifier) => `export const x = () => import('${specifier}');`,
  'dynamic template': (specifier) => `export const x = () => import(\`${specifier}\`);`,
  'created require': (specifier) =>
    `import { createRequire } from 'node:module';\ncreateRequire(import.meta.url)('${specifier}');`,
  require: (specifier) => `const x = require('${specifier}');`,
  'import equals': (specifier) => `import x = require('${specifier}');`,
  resolve: (specifier) => `import.meta.resolve('${specifier}');`,
  builtin: (specifier) => `process.getBuiltinModule('${specifier}');`,
  'export from': (specifier) => `export { x } from '${specifier}';`,
  'export all': (specifier) => `export * from '${specifier}';`,
  'type import': (specifier) => `import type { X } from '${specifier}';`,
  'type inline': (specifier) => `import { type X, type Y } from '${specifier}';`,
  'type expression': (specifier) => `export type X = import('${specifier}').X;`,
  'type export from': (specifier) => `export type { X } from '${specifier}';`,
};

/** A forbidden import, in all its forms. */
function imports(rule: string, path: string, specifier: string): Planted[] {
  return Object.values(forms).map((form) => ({ rule, path, text: form(specifier) }));
}

/** Only the types may be imported: every other form is forbidden. */
function valueImports(path: string, specifier: string): Planted[] {
  return Object.entries(forms).map(([name, form]) => ({
    rule: name.startsWith('type ') ? undefined : 'matrix',
    path,
    // `node:module` has no home in main, which is another rule's finding.
    text: form(specifier).replace("import { createRequire } from 'node:module';\n", ''),
  }));
}

function each(rule: string | undefined, path: string, texts: readonly string[]): Planted[] {
  return texts.map((text) => ({ rule, path, text }));
}

export const planted: readonly Planted[] = [
  ...imports('matrix', 'shared/views.ts', '../main/app-error.ts'),
  ...imports('matrix', 'shared/contract/token.ts', '../../renderer/text.ts'),
  ...imports('matrix', 'renderer/state/store.ts', '../../main/core.ts'),
  ...imports('matrix', 'main/cli/main.ts', '../vault/vault.ts'),
  ...imports('matrix', 'main/cli/commands/rotate.ts', '../../rotation/rotate.ts'),
  ...imports('matrix', 'main/electron/ipc.ts', '../tokens/token-store.ts'),
  ...imports('matrix', 'main/tokens/sync.ts', '../rotation/rotate.ts'),
  ...imports('matrix', 'main/rotation/rotate.ts', '../tokens/token-store.ts'),
  ...imports('matrix', 'main/audit/audit.ts', '../core.ts'),
  ...imports('matrix', 'main/tokens/sync.ts', '../sandbox/sandbox.ts'),
  ...imports('matrix', 'main/tokens/sync.ts', '../circleci/client.ts'),
  ...imports('matrix', 'main/tokens/sync.ts', '../vault/sodium.ts'),
  ...imports('matrix', 'main/sandbox/server.ts', '../circleci/circleci.ts'),
  ...imports('matrix', 'main/circleci/client.ts', '../sandbox/sandbox.ts'),
  ...imports('matrix', 'main/vault/vault.ts', '../tokens/token-store.ts'),
  ...imports('matrix', 'main/circleci/client.ts', '../accounts/accounts.ts'),
  ...imports('matrix', 'main/platform/clock.ts', '../audit/audit.ts'),
  ...imports('matrix', 'main/dispatch.ts', './core.ts'),
  ...imports('matrix', 'main/core.ts', './cli/main.ts'),
  ...imports('matrix', 'main/core-process/port.ts', '../vault/vault.ts'),
  ...imports('matrix', 'main/tokens/sync.ts', '/main/rotation/rotate.ts'),
  ...imports('matrix', 'main/tokens/sync.ts', '../../../elsewhere/file.ts'),
  ...imports('matrix', 'main/tokens/sync.ts', '../../test/support/clock.ts'),
  ...imports('matrix', 'build/bundle.mjs', '../main/core.ts').filter(({ text }) => !/\btype\b|import x/.test(text)),
  ...valueImports('main/tokens/sync.ts', '../vault/vault.ts'),
  ...valueImports('main/rotation/rotate.ts', '../circleci/circleci.ts'),
  ...each('matrix', 'main/tokens/sync.ts', [
    'export const x = (name: string) => import(name);',
    "export const x = (name: string) => import('./' + name);",
    'export const x = (name: string) => require(name);',
  ]),
  ...each('matrix', 'main/newroom/thing.ts', ['export const x = 1;']),
  ...each('matrix', 'main/loose.ts', ['export const x = 1;']),

  ...imports('packages', 'main/tokens/token-store.ts', 'better-sqlite3'),
  ...imports('packages', 'main/rotation/rotate.ts', 'libsodium-wrappers'),
  ...imports('packages', 'main/accounts/accounts.ts', 'undici'),
  ...imports('packages', 'main/core.ts', 'electron'),
  ...imports('packages', 'main/tokens/sync.ts', 'p-queue'),
  ...imports('packages', 'main/tokens/sync.ts', 'left-pad'),
  ...imports('packages', 'main/tokens/sync.ts', '@scope/unheard-of/part'),
  ...imports('packages', 'main/tokens/sync.ts', 'node:fs'),
  ...imports('packages', 'main/tokens/sync.ts', 'fs/promises'),
  ...imports('packages', 'main/accounts/accounts.ts', 'node:http'),
  ...imports('packages', 'main/vault/open.ts', 'node:https'),
  ...imports('packages', 'main/cli/main.ts', 'node:net'),
  ...imports('packages', 'main/rotation/rotate.ts', 'node:tls'),
  ...imports('packages', 'main/vault/open.ts', 'node:sqlite'),
  ...imports('packages', 'shared/ids.ts', 'commander'),
  ...imports('packages', 'shared/ids.ts', 'node:path'),
  ...imports('packages', 'main/vault/open.ts', 'vitest'),
  ...imports('packages', 'main/vault/open.ts', 'node:module'),

  ...each('globals', 'main/rotation/rotate.ts', [
    'Date.now();',
    "Date['now']();",
    'new Date();',
    'new Date;',
    'Date();',
    'const { now } = Date;',
    'const D = Date;',
    'performance.now();',
    'Math.random();',
    'const { random } = Math;',
    "Math['random']();",
    'const name = "random"; Math[name as "random"]();',
    'crypto.randomUUID();',
    'console.log(1);',
    'const log = console.error;',
    'fetch("http://127.0.0.1");',
    '(fetch as unknown as () => void)();',
    'const ask = { fetch };',
    'globalThis.fetch("http://127.0.0.1");',
    'new WebSocket("ws://127.0.0.1");',
  ]),
  ...each('globals', 'main/circleci/http.ts', ['Date.now();']),
  ...each('globals', 'main/platform/files.ts', ['fetch("http://127.0.0.1");']),
  ...each('globals', 'shared/durations.ts', ['export const now = () => new Date();']),
  ...each(undefined, 'main/rotation/rotate.ts', [
    'new Date(0); Date.parse("2026-01-01"); Date.UTC(2026, 0); (0 as unknown) instanceof Date;',
    'export const at = (when: Date) => when; Math.max(1, 2);',
    'export interface Port { fetch(): void; console: number }',
    'export const port = { fetch: 1, console: 2 }; port.fetch; port.console;',
  ]),
  ...each(undefined, 'main/platform/clock.ts', ['Date.now(); new Date(); Math.random(); console.log(1);']),

  ...each('sql', 'main/tokens/token-store.ts', [
    "const q = 'SELECT id FROM record';",
    'const q = `SELECT *\n  FROM record WHERE id = ?`;',
    'const q = `SELECT id, $' + '{fields} FROM record`;',
    "const q = 'insert into record values (?)';",
    "const q = 'DELETE FROM record';",
    "const q = 'UPDATE record SET meta = ?';",
    "const q = 'create table token (id)';",
    "const q = 'PRAGMA journal_mode=WAL';",
    "const q = 'BEGIN IMMEDIATE';",
  ]),
  ...each('sql', 'shared/ids.ts', ["export const q = 'DROP TABLE record';"]),
  ...each(undefined, 'main/tokens/sync.ts', [
    "const say = 'Select a project from the list, then delete it from CircleCI or update it.';",
    "const say = 'Nothing was inserted. Create a token, then set it in the table of variables.';",
  ]),
  ...each(undefined, 'main/vault/rows.ts', ["const q = 'SELECT id FROM record';"]),

  ...each('stand-in', 'main/electron/entry.ts', [
    "export const name = 'electron-over-chromium';",
    '// Electron over Chromium cannot do this.\nexport const x = 1;',
  ]),
  ...each('stand-in', 'renderer/text.ts', ["export const text = 'Chromium stand-in';"]),

  ...each('command', 'main/tokens/token.ts', [
    "const hint = 'Go on with it: rondo rotation resume';",
    'const hint = `See where it stands: rondo rotation show`;',
    "const hint = 'Choose another folder with --vault, or make a vault.';",
    "const hint = 'Check the address of the host (--host).';",
    "const hint = '--vault names another folder';",
  ]),
  ...each('command', 'renderer/text/tokens.ts', ["export const hint = 'A file: rondo job report 1 > report.md';"]),
  ...each(undefined, 'main/electron/runtime.ts', ["const isOff = process.argv.includes('--no-sandbox');"]),
  ...each(undefined, 'main/tokens/token.ts', ["const hint = 'Give Rondo the old value, or move vault.rondo away.';"]),
  ...each(undefined, 'main/cli/hints.ts', ["const hint = 'rondo token list';"]),

  ...each('size', 'main/tokens/long.ts', [`${'export {};\n'.repeat(301)}`]),
  ...each(undefined, 'main/tokens/long.ts', [`${'export {};\n'.repeat(300)}`]),

  ...each('exports', 'main/tokens/token.ts', [
    'export default 1;',
    'export default function take() {}',
    'const x = 1; export { x as default };',
    "const x = 1; export { x as 'default' };",
    "export { default } from './other.ts';",
    'const x = 1; export = x;',
  ]),
  ...each('exports', 'main/tokens/index.ts', ["export { x } from './x.ts';"]),
  ...each(undefined, 'test/vitest.config.ts', ['export default {};']),

  ...['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails'].flatMap((word) =>
    each('skipped test', 'test/unit/main/x.test.ts', [
      `test.${word}('x', () => {});`,
      `describe.${word}('x', () => {});`,
      `it.concurrent.${word}('x', () => {});`,
      `test.each([1]).${word}('x', () => {});`,
      `test['${word}']('x', () => {});`,
    ]),
  ),
  ...each(undefined, 'test/unit/main/x.test.ts', [
    "test('only', () => { queue.skip(1); }); test.each([1])('x', () => {});",
  ]),

  ...each('suppression', 'main/tokens/token.ts', [
    '// @ts-ignore: because the types are wrong here\nexport const x = 1;',
    '// @ts-nocheck\nexport const x = 1;',
    '// @ts-expect-error\nexport const x = 1;',
    '// biome-ignore lint/style/noDefaultExport: reasons\nexport const x = 1;',
    '/* eslint-disable */ export const x = 1;',
    '/* v8 ignore next */ export const x = 1;',
  ]),
  ...each(undefined, 'main/tokens/token.ts', [
    '// biome-ignore lint/style/useConst: the loader assigns it later\nexport const x = 1;',
    '// @ts-expect-error: the runtime has it, the types do not yet\nexport const x = 1;',
  ]),
];

/** Lines of a page that name one machine, and lines that only look like it. */
export const plantedPages = {
  refused: [
    'Read /mnt/plan.md first.',
    'See `/home/ada/rondo`.',
    'It lies in /root/.npm.',
    'Open /Users/ada/rondo.',
    'Open C:\\Users\\ada.',
    'Open file:///etc/passwd.',
    'As ../shared/product.md says.',
  ],
  allowed: [
    'Read docs/architecture.md, `main/vault/` and https://example.com/home/page.',
    'A file in /etc/hosts, or in C:, or file.ts:///12.',
    'A file in ~/work/rondo, or in $HOME/rondo.',
  ],
};
