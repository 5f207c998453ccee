// Builds the page and runs its browser tests: node test/window/run.mjs [what Playwright takes]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { root } from '../../build/bundle.mjs';
import { prepare } from '../e2e/prepare.mjs';

await prepare();
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');
const { status } = spawnSync(
  process.execPath,
  [playwright, 'test', '--config', 'test/window/playwright.config.ts', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
