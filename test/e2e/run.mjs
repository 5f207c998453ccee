// Builds the app and runs its tests: node test/e2e/run.mjs [what Playwright takes]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../build/bundle.mjs';
import { runAsPerson } from './as-person.mjs';
import { prepare } from './prepare.mjs';

await prepare({ isHeadless: !process.argv.includes('--headed') });
const outputDir = join(root, 'out/e2e-results');
// Each of a hundred starts would compile the same scripts.
process.env.NODE_COMPILE_CACHE = join(outputDir, 'compiled');
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');
process.exitCode = runAsPerson(
  [playwright, 'test', '--config', 'test/e2e/playwright.config.ts', ...process.argv.slice(2)],
  { cwd: root, outputDir },
);
