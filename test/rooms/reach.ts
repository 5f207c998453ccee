import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import { at, type Finding, parseSource } from './source-file.ts';
import type { TextFile } from './tree.ts';

/** What is shown first waits until all of it is compiled, so a package of 90 KB must not come along for one constant. */
const keptOut = 'zod';

/** The page reads what main has parsed: its files, and whatever they import by value, import no parser. */
export function pageWithoutParser(tree: readonly TextFile[]): Finding[] {
  const files = new Map(tree.map((file) => [file.path, file]));
  const reached = new Set(tree.map(({ path }) => path).filter((path) => /^renderer\/.*\.tsx?$/.test(path)));
  const findings: Finding[] = [];
  // A set is walked in order, with what is added to it meanwhile.
  for (const path of reached) {
    const file = files.get(path);
    if (file === undefined || !/\.tsx?$/.test(path)) continue;
    const source = parseSource(path, file.text);
    for (const { specifier, isTypeOnly, offset } of importsOf(source)) {
      if (isTypeOnly || specifier === undefined) continue;
      if (specifier.startsWith('.')) reached.add(posix.join(posix.dirname(path), specifier));
      else if (specifier === keptOut || specifier.startsWith(`${keptOut}/`))
        findings.push({
          rule: 'page-parser',
          at: at(source, offset),
          problem: `the page would bring ${keptOut} along`,
        });
    }
  }
  return findings;
}
