import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The stand-in's own tests: they need an installed Chromium, which `npm test` does not ask for yet. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['test/electron/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
