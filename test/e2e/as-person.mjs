// SECURITY: Chromium has no sandbox for root. Whoever runs the tests as root (a container, mostly) gets them run as
// `nobody`, so that the page is tested behind the sandbox that a person has.
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `nobody`, as every Linux numbers it. */
const nobody = { uid: 65534, gid: 65534 };

/**
 * Runs node with `args` as somebody who is not root, who may write in `outputDir`; as root only where nobody else may read
 * the checkout.
 * @param {readonly string[]} args
 * @param {{ cwd: string, outputDir: string }} where
 * @returns {number} its exit code
 */
export function runAsPerson(args, { cwd, outputDir }) {
  const isRoot = process.getuid?.() === 0;
  const can = { cwd, stdio: /** @type {const} */ ('ignore'), ...nobody };
  if (!isRoot || spawnSync(process.execPath, [...args.slice(0, 1), '--version'], can).status !== 0) {
    if (isRoot) process.stderr.write('Only root may read this checkout: Chromium runs without its sandbox.\n');
    return spawnSync(process.execPath, args, { cwd, stdio: 'inherit' }).status ?? 1;
  }
  const home = mkdtempSync(join(tmpdir(), 'rondo-nobody-'));
  rmSync(outputDir, { recursive: true, force: true });
  mkdirSync(outputDir, { recursive: true });
  for (const dir of [home, outputDir]) chownSync(dir, nobody.uid, nobody.gid);
  try {
    const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' };
    return spawnSync(process.execPath, args, { cwd, stdio: 'inherit', env, ...nobody }).status ?? 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
