import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Installs what a test needs, where this is root on Debian; on any other machine that is its owner's to do.
 * @returns why it is not installed; undefined: it is
 */
export function installPackages(...names: readonly string[]): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return 'this is not root on Debian';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', ['install', '-y', ...names], { env, stdio: 'ignore', timeout: 180_000 });
  return status === 0 ? undefined : `apt-get ended with ${status}`;
}
