import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const folders = ['build', 'main', 'renderer', 'shared', 'test', 'docs', '.ci', '.github'];

/** Every file of the project that a person wrote, whether it is committed yet or not. */
export function readTree(root: string): TextFile[] {
  const found = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return [entry.name];
    return folders.includes(entry.name) ? filesUnder(root, entry.name) : [];
  });
  return found
    .filter((path) => path === 'LICENSE' || /\.(ts|tsx|mjs|css|md|json|yml)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(root, path) : [path];
  });
}
