import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  test: {
    include: ['test/**/*.test.ts'],
    // What needs a browser runs apart, each by a runner of its own.
    exclude: ['test/bench/**', 'test/e2e/**', 'test/electron/**'],
    globalSetup: ['test/support/build-once.ts'],
    // Real Argon2id, real processes and real files on two cores: a hang ends a test, slowness does not.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // Most of a test's time is spent in processes of its own: on two cores, one worker would leave one of them idle.
    maxWorkers: '100%',
    reporters: ['default'],
  },
});
