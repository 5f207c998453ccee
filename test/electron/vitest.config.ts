import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The stand-in's own tests, in an installed Chromium: `npm run test:electron`. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/electron/**/*.test.ts'],
    globalSetup: ['test/electron/prepare.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
