import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's own Python knows Debian's packages where another one comes first in the path. */
const candidates = ['python3', '/usr/bin/python3'];

/**
 * A Python that has PyNaCl. Where there is none and this is root on Debian, it is installed; on any other machine that is
 * its owner's to do. Undefined: neither found nor installed.
 */
export function pythonWithNacl(): string | undefined {
  const found = candidates.find(hasNacl);
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['install', '-y', 'python3-nacl'], { env: environment, stdio: 'ignore', timeout: 180_000 });
  return candidates.find(hasNacl);
}

function hasNacl(python: string): boolean {
  const wanted = 'import sys, sqlite3; from nacl import bindings; sys.exit(sys.version_info < (3, 9))';
  return spawnSync(python, ['-c', wanted], { stdio: 'ignore' }).status === 0;
}
