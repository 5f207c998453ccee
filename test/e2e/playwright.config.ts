import { defineConfig } from '@playwright/test';

/** The whole app, as a person uses it: `npm run test:e2e`. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // A level deeper: Playwright removes it first, for which its parent must be writable.
  outputDir: '../../out/e2e-results/latest',
  // Each test starts an app, which waits for its own processes more than it keeps a core busy.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A vault is created, a sandbox is read and a browser is driven on two cores: a hang ends a test, slowness does not.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
});
