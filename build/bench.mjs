// Bundles the benchmark beside the app's own bundles and runs it, the core's and then the window's: `npm run bench`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundle, digestSources, entries, nodeDir, root } from './bundle.mjs';

const digest = digestSources();
await bundle({ entryPoints: entries, targetDir: nodeDir, digest });
const benches = { bench: 'test/bench/main.ts', 'sandbox-worker': 'test/bench/sandbox-worker.ts' };
await bundle({ entryPoints: benches, targetDir: join(root, 'out/bench'), digest });
const parts = [join(root, 'out/bench/bench.mjs'), join(root, 'test/e2e/bench/main.ts')];
for (const part of parts) {
  const { status } = spawnSync(process.execPath, [part, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
