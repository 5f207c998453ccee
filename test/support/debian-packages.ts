import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Installs what a test needs, where this is root on Debian; on any other machine that is its owner's to do.
 * @returns why it is not installed; undefined: it is
 */
export function installPackages(...names: readonly string[]): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return 'this is not root on Debian';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another file of tests may be installing at the same time.
  const args = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', ...names];
  const { status } = spawnSync('apt-get', args, { env, stdio: 'ignore', timeout: 180_000 });
  return status === 0 ? undefined : `apt-get ended with ${status}`;
}

/** What tests need and this machine has not, by Debian's names. */
export interface Missing {
  readonly packages: readonly string[];
  /** Why it is not installed. Undefined: it was, and is not found all the same. */
  readonly refusal: string | undefined;
}
