import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundleState, digestSources, entries, nodeDir, root } from '../../build/bundle.mjs';

/**
 * Before any test: the bundles that tests start as real processes. `out/node/` is what `npx rondo` runs;
 * `test/support/<name>-child.ts` becomes `out/test/<name>-child.mjs`.
 */
export async function setup(): Promise<void> {
  const digest = digestSources();
  if (bundleState(digest) !== 'fresh') await bundle({ entryPoints: entries, targetDir: nodeDir, digest });
  await bundle({ entryPoints: children(), targetDir: join(root, 'out/test'), digest });
}

function children(): Record<string, string> {
  const files = readdirSync(join(root, 'test/support')).filter((name) => name.endsWith('-child.ts'));
  return Object.fromEntries(files.map((name) => [name.slice(0, -'.ts'.length), `test/support/${name}`]));
}
