import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { missingOptionalPackages } from '../../build/complete-lock.mjs';
import { globalsAtHome } from './globals.ts';
import { everyTestRuns, namedExports, shortEnough, suppressionsExplained } from './habits.ts';
import { importMatrix } from './matrix.ts';
import { packageHomes, packagesAtHome, packagesListed, packagesUndocumented } from './packages.ts';
import { pageWithoutParser } from './reach.ts';
import { type Finding, parseSource, type SourceFile } from './source-file.ts';
import { readTree } from './tree.ts';
import { planted, plantedPages } from './violations.ts';
import { commandsInCommandLineOnly, noDeadLinks, noMachinePaths, sqlInVaultOnly, standInUnnamed } from './words.ts';

/*
 * The walls of the house. The compiler holds those between its projects (shared, main, main/cli, test, build); these
 * rules hold the ones within them, and whatever a compiler does not know: packages, SQL, sizes, habits.
 */
const rules: readonly ((file: SourceFile) => Finding[])[] = [
  importMatrix,
  packagesAtHome,
  globalsAtHome,
  sqlInVaultOnly,
  standInUnnamed,
  commandsInCommandLineOnly,
  shortEnough,
  namedExports,
  everyTestRuns,
  suppressionsExplained,
];

function findingsIn(file: SourceFile): Finding[] {
  return rules.flatMap((rule) => rule(file));
}

function rulesBrokenBy(path: string, text: string): (string | undefined)[] {
  return findingsIn(parseSource(path, text)).map(({ rule }) => rule);
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const tree = readTree(root);
const sources = tree.filter(({ path }) => /\.(ts|tsx|mjs)$/.test(path));
const pages = tree.filter(({ path }) => path.endsWith('.md'));

describe('the project keeps its own rules', () => {
  test('in every source', () => {
    expect(sources.map(({ path }) => path)).toEqual(expect.arrayContaining(['main/dispatch.ts', 'build/rondo.mjs']));
    expect(sources.flatMap(({ path, text }) => findingsIn(parseSource(path, text)))).toEqual([]);
  });

  test('in every style sheet', () => {
    const sheets = tree.filter(({ path }) => path.endsWith('.css'));
    expect(sheets.map(({ path }) => path)).toContain('renderer/styles/dialog.css');
    expect(sheets.flatMap(shortEnough)).toEqual([]);
  });

  test('in what the page brings along', () => {
    expect(pageWithoutParser(tree)).toEqual([]);
  });

  test('in every page', () => {
    expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
    expect(pages.flatMap(noMachinePaths)).toEqual([]);
    const paths = tree.map(({ path }) => path);
    expect(pages.flatMap((page) => noDeadLinks(page, paths))).toEqual([]);
  });

  test('for every package', () => {
    const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
    expect(packagesListed(manifest)).toEqual([]);
    const page = readFileSync(`${root}docs/dependencies.md`, 'utf8');
    expect(packagesUndocumented(manifest, page)).toEqual([]);
  });

  test('for the lock file: npm ci refuses it when a package of another platform is left out', () => {
    const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
    expect(missingOptionalPackages(lock), 'run node build/complete-lock.mjs').toEqual([]);
    delete lock.packages['node_modules/@biomejs/cli-darwin-arm64'];
    expect(missingOptionalPackages(lock)).toEqual([{ name: '@biomejs/cli-darwin-arm64', version: '2.6.8', dev: true }]);
  });
});

describe('a rule sees what it forbids', () => {
  const forbidden = Map.groupBy(
    planted.filter(({ rule }) => rule !== undefined),
    ({ rule }) => rule,
  );

  test.each([...forbidden])('%s', (rule, files) => {
    const overlooked = files.filter(({ path, text }) => !rulesBrokenBy(path, text).includes(rule));
    expect(overlooked).toEqual([]);
  });

  test('and nothing else', () => {
    const allowed = planted.filter(({ rule }) => rule === undefined);
    expect(allowed.filter(({ path, text }) => rulesBrokenBy(path, text).length > 0)).toEqual([]);
  });

  test('every rule has planted violations', () => {
    expect([...forbidden.keys()].toSorted()).toEqual([
      'command',
      'exports',
      'globals',
      'matrix',
      'packages',
      'size',
      'skipped test',
      'sql',
      'stand-in',
      'suppression',
    ]);
  });

  test('a package without a home, and a home without a package', () => {
    const all = Object.fromEntries(Object.keys(packageHomes).map((name) => [name, '1.0.0']));
    expect(packagesListed({ dependencies: all })).toEqual([]);
    expect(packagesListed({ dependencies: { ...all, 'left-pad': '1.0.0' } })).toHaveLength(1);
    expect(packagesListed({ dependencies: all, optionalDependencies: { '@scope/x': '1' } })).toHaveLength(1);
    const { zod: _gone, ...others } = all;
    expect(packagesListed({ dependencies: others })).toHaveLength(1);
  });

  test('a package that the docs do not tell of, or in another version', () => {
    const manifest = { dependencies: { a: 'npm:b@1.2.3', c: '4.5.6' }, devDependencies: { '@d/e': '7.8.9' } };
    expect(packagesUndocumented(manifest, '| a | 1.2.3 |\n| c | 4.5.7 |\n| @d/e | 7.8.9 |')).toEqual(['c']);
  });

  test('a parser that the page reaches by value, however far', () => {
    const page = (imports: string) => [
      { path: 'renderer/main.tsx', text: imports },
      { path: 'shared/a.ts', text: "import { b } from './contract/b.ts';\nexport const a = b;" },
      { path: 'shared/contract/b.ts', text: "import * as z from 'zod';\nexport const b = z.string();" },
    ];
    const reached = [{ rule: 'page-parser', at: 'shared/contract/b.ts:1', problem: 'the page would bring zod along' }];
    expect(pageWithoutParser(page("import { a } from '../shared/a.ts';"))).toEqual(reached);
    expect(pageWithoutParser(page("export const late = () => import('../shared/a.ts');"))).toEqual(reached);
    expect(pageWithoutParser(page("import type { a } from '../shared/a.ts';"))).toEqual([]);
  });

  test('a link that leads nowhere', () => {
    const page = {
      path: 'docs/a.md',
      text: '[a](b.md) [b](../README.md#top) [c](decisions/) [d](https://x.y/z) [e](gone.md)',
    };
    const files = ['docs/b.md', 'README.md', 'docs/decisions/0001.md'];
    expect(noDeadLinks(page, files).map(({ problem }) => problem)).toEqual(['gone.md leads nowhere']);
  });

  test('a page that names one machine', () => {
    const overlooks = (text: string) => noMachinePaths({ path: 'README.md', text }).length === 0;
    expect(plantedPages.refused.filter(overlooks)).toEqual([]);
    expect(plantedPages.allowed.filter(overlooks)).toEqual(plantedPages.allowed);
  });
});
