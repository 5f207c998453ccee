import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs what a test needs, where this is root on Debian; on any other machine that is its owner's to do. */
export function installPackages(...names: readonly string[]): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['install', '-y', ...names], { env, stdio: 'ignore', timeout: 180_000 });
}
