import { posix } from 'node:path';
import { at, type Finding, isNode, literalText, type Node, type SourceFile } from './source-file.ts';

/** SQL that prose does not resemble, in any case; and SQL that prose does ("select one from the list"), in capitals. */
const sql = [
  /\b(insert\s+into|create\s+(unique\s+)?(table|index|trigger)|drop\s+table|alter\s+table|pragma\s+\w+\s*[=(;])/i,
  /\b(SELECT\s[\s\S]*\bFROM|DELETE\s+FROM|UPDATE\s+\S+\s+SET|BEGIN\s+(IMMEDIATE|EXCLUSIVE|TRANSACTION)|VACUUM\s+INTO)\b/,
];

export function sqlInVaultOnly(file: SourceFile): Finding[] {
  if (!/^(main|shared|renderer)\//.test(file.path) || file.path.startsWith('main/vault/')) return [];
  return file.places
    .filter(({ node }) => sql.some((pattern) => pattern.test(wordsOf(node) ?? '')))
    .map(({ node }) => ({ rule: 'sql', at: at(file, node.start), problem: 'SQL is written in main/vault only' }));
}

/** The text of a string, or of a template with `?` in its holes. */
function wordsOf(node: Node): string | undefined {
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return literalText(node);
  return node.quasis.map((part) => (isNode(part) && isCooked(part.value) ? part.value.cooked : '')).join('?');
}

function isCooked(value: unknown): value is { readonly cooked: string } {
  return typeof value === 'object' && value !== null && 'cooked' in value && typeof value.cooked === 'string';
}

/** The app runs unmodified on Electron and on what stands in for it: it cannot know which. */
const standIn = /over[\s-]chromium|chromium[\s-]stand-?in|devtoolsactiveport|remote-debugging/i;

/** Electron has the switches as well, and here they are refused. */
const refusesDebuggers = 'main/electron/debugging.ts';

export function standInUnnamed(file: SourceFile): Finding[] {
  if (!/^(main|renderer)\//.test(file.path) || file.path === refusesDebuggers) return [];
  const found = standIn.exec(file.text);
  if (found === null) return [];
  return [{ rule: 'stand-in', at: at(file, found.index), problem: `the app does not know of "${found[0]}"` }];
}

/** A command, or an option within a sentence: one that stands alone is what a process is started with. */
const command = /(?<![.\w])rondo (?!page seal)[a-z]|[\s(]--[a-z]|--[a-z][\w-]*[\s,.:;)]/;

/** The command line itself, what the sandbox answers, and the words that passwords are made of. */
const notSentences = /^main\/(cli|sandbox)\/|^renderer\/screens\/door\/guesses\.ts$/;

/** A sentence of the core is read in a terminal and in the window: what to do there, each of them says itself. */
export function commandsInCommandLineOnly(file: SourceFile): Finding[] {
  if (!/^(main|shared|renderer)\//.test(file.path) || notSentences.test(file.path)) return [];
  return file.places
    .filter(({ node }) => command.test(wordsOf(node) ?? ''))
    .map(({ node }) => ({ rule: 'command', at: at(file, node.start), problem: 'commands are named in main/cli only' }));
}

/** A page's links to files, from its own folder; `files` are all paths of the project. */
export function noDeadLinks(
  page: { readonly path: string; readonly text: string },
  files: readonly string[],
): Finding[] {
  return [...page.text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].flatMap(([, link = '']) => {
    const target = posix.join(posix.dirname(page.path), link).replace(/\/$/, '');
    const leads = /^https?:/.test(link) || files.some((path) => path === target || path.startsWith(`${target}/`));
    return leads ? [] : [{ rule: 'dead link', at: page.path, problem: `${link} leads nowhere` }];
  });
}

/** Folders of one machine, and what lies outside the repository. `/tmp` is everyone's. */
const machinePath =
  /(?<![\w.~-])\/(work|root|home|Users|mnt|private)\/[\w.-]|\b[A-Z]:\\|file:\/\/\/|\.\.\/shared\/[\w-]+\.md/;

export function noMachinePaths(page: { readonly path: string; readonly text: string }): Finding[] {
  return page.text.split('\n').flatMap((line, index) => {
    const found = machinePath.exec(line);
    if (found === null) return [];
    return [{ rule: 'machine path', at: `${page.path}:${index + 1}`, problem: `"${found[0]}…" exists on one machine` }];
  });
}
