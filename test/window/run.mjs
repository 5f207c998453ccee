// Builds the page and runs its browser tests: node test/window/run.mjs [what Playwright takes]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundle, digestSources, entries, nodeDir } from '../../build/bundle.mjs';
import { buildWindow } from '../../build/window.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);

await bundle({ entryPoints: entries, targetDir: nodeDir, digest: digestSources() });
await buildWindow();
const playwright = require.resolve('@playwright/test/cli');
const { status } = spawnSync(
  process.execPath,
  [playwright, 'test', '--config', 'test/window/playwright.config.ts', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
