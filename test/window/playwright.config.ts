import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../build/find-browser.mjs';

const executablePath = findBrowser(process.env);

/** The page in an installed Chromium, over a real core: `node test/window/run.mjs`. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../out/window-test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // A vault is created, a sandbox is read and a browser is driven on two cores: a hang ends a test, slowness does not.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 820 },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium's own sandbox does not start for root, as in most containers.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
