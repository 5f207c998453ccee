import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { root } from '../../build/bundle.mjs';

test('npm run demo without a display walks the window unseen, and ends well when all was read back', async ({
  signal,
}) => {
  const { DISPLAY, WAYLAND_DISPLAY, ...env } = process.env;
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const demo = spawn(process.execPath, [join(root, 'build/demo.mjs')], { env, stdio, signal, killSignal: 'SIGKILL' });
  const [stdout, stderr, [code]] = await Promise.all([text(demo.stdout), text(demo.stderr), once(demo, 'close')]);
  expect(stderr).toContain('rondo: no display here: the window is walked unseen\n');
  expect(stderr).toMatch(/^rondo: Electron API over Chromium \d+/m);
  const pictures = [...stdout.matchAll(/^\d+\. .*\((demo\/\S+\.png)\)$/gm)].map(([, picture = '']) => picture);
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.filter((picture) => !existsSync(join(root, picture)))).toEqual([]);
  expect(stdout.match(/^ok /gm)).toHaveLength(6);
  expect(stdout).not.toContain('NOT OK');
  expect(code).toBe(0);
});
