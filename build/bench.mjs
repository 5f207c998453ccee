// Bundles the benchmark beside the app's own bundles and runs it: `npm run bench`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundle, digestSources, entries, nodeDir, root } from './bundle.mjs';

const digest = digestSources();
await bundle({ entryPoints: entries, targetDir: nodeDir, digest });
await bundle({ entryPoints: { bench: 'test/bench/main.ts' }, targetDir: join(root, 'out/bench'), digest });
const run = spawnSync(process.execPath, [join(root, 'out/bench/bench.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
