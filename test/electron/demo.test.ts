import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
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

test.each([
  ['SIGINT', 'its group, as a terminal does at Ctrl+C'],
  ['SIGTERM', 'it alone'],
  ['SIGTERM', 'its group, as timeout does'],
] as const)('%s to %s in the middle of npm run demo leaves nothing of it', async (ending, whom) => {
  const { DISPLAY, WAYLAND_DISPLAY, ...env } = process.env;
  const dir = mkdtempSync(join(tmpdir(), 'rondo-demo-stopped-'));
  // A group of its own.
  const demo = spawn(process.execPath, [join(root, 'build/demo.mjs')], {
    ...{ env: { ...env, TMPDIR: dir }, detached: true },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { pid = Number.NaN } = demo;
  const closed = once(demo, 'close');
  onTestFinished(() => {
    if (demo.exitCode === null) process.kill(-pid, 'SIGKILL');
    rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  let said = '';
  for await (const part of demo.stdout) {
    const before = said;
    said += part;
    if (/^2\. /m.test(said) && !/^2\. /m.test(before)) process.kill(whom === 'it alone' ? pid : -pid, ending);
  }
  expect(await closed).toEqual([130, null]);
  expect(said.trim().split('\n').at(-1)).toBe('Stopped in the middle. The vault is removed again.');
  expect(readdirSync(dir)).toEqual([]);
});
