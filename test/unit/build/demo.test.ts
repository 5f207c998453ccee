import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { root } from '../../../build/bundle.mjs';

/** `npm run demo` where the browser that somebody named is not there, so that none is fetched either. */
async function demoWithoutBrowser(env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(root, 'build/demo.mjs')], {
    env: { ...process.env, RONDO_BROWSER: '/nowhere/chromium', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

test('without a browser the command line does the job, and it is said that no window was shown', async () => {
  const { code, stdout, stderr } = await demoWithoutBrowser();
  expect(stderr).toContain('RONDO_BROWSER names /nowhere/chromium, which is no program that can be started');
  expect(stderr).toContain('rondo: no window is shown: the command line does the same job.\n');
  expect(stdout).toContain('read back from the sandbox');
  expect(code).toBe(0);
});

test('and what fails there fails the demo', async () => {
  const { code } = await demoWithoutBrowser({ TMPDIR: '/nowhere', TMP: '/nowhere', TEMP: '/nowhere' });
  expect(code).not.toBe(0);
});
