import { posix } from 'node:path';
import { at, type Finding, isNode, type Node, nameOf, type SourceFile } from './source-file.ts';

/** At 250 lines a file is two nouns; 300 is where it stops being a matter of taste. */
const maxLines = 300;

export function shortEnough(file: Pick<SourceFile, 'path' | 'text'>): Finding[] {
  const lines = file.text.replace(/\n$/, '').split('\n').length;
  if (lines <= maxLines) return [];
  return [{ rule: 'size', at: file.path, problem: `${lines} lines: split it by noun` }];
}

/** A name of its own for everything, found where it was made. A tool's configuration must export its default. */
export function namedExports(file: SourceFile): Finding[] {
  const finding = (problem: string, offset: number): Finding => ({ rule: 'exports', at: at(file, offset), problem });
  const barrel = /^index\.\w+$/.test(posix.basename(file.path))
    ? [finding('is a barrel: import the file itself', 0)]
    : [];
  if (/\.config\.\w+$/.test(file.path)) return barrel;
  const defaults = file.places.filter(({ node }) => exportsDefault(node));
  return [...barrel, ...defaults.map(({ node }) => finding('exports a default: give it a name', node.start))];
}

function exportsDefault(node: Node): boolean {
  if (node.type === 'ExportDefaultDeclaration' || node.type === 'TSExportAssignment') return true;
  return node.type === 'ExportSpecifier' && (nameOf(node.exported) ?? textOf(node.exported)) === 'default';
}

function textOf(node: unknown): unknown {
  return isNode(node) ? node.value : undefined;
}

const testFunctions = ['test', 'it', 'describe', 'suite', 'bench'];
const leftOut = ['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails'];

/** Every test runs, everywhere, every time. */
export function everyTestRuns(file: SourceFile): Finding[] {
  return file.places.flatMap(({ node }) => {
    const name = node.type === 'MemberExpression' ? nameOf(node) : undefined;
    if (name === undefined || !leftOut.includes(name) || !testFunctions.includes(rootName(node) ?? '')) return [];
    return [{ rule: 'skipped test', at: at(file, node.start), problem: `.${name} leaves tests out` }];
  });
}

/** `test` for `test.concurrent.only` and for `test.each(table).only`. */
function rootName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'MemberExpression') return rootName(node.object);
  if (node.type === 'CallExpression') return rootName(node.callee);
  return nameOf(node);
}

/** Two words are the shortest reason that says something. */
const reason = /(:|--)\s*(\S+\s+)+\S+/;

/** A rule may be wrong once; then the line says why. */
export function suppressionsExplained(file: SourceFile): Finding[] {
  return file.comments.flatMap(({ value, start }) => {
    const finding = (problem: string): Finding => ({ rule: 'suppression', at: at(file, start), problem });
    if (/@ts-(ignore|nocheck)|(eslint|oxlint)-disable|(v8|c8|istanbul) ignore/.test(value)) {
      return [finding('suppresses more than one known error')];
    }
    if (/biome-ignore|@ts-expect-error/.test(value) && !reason.test(value))
      return [finding('suppresses without a reason')];
    return [];
  });
}
