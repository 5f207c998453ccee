import { spawnSync } from 'node:child_process';
import { installPackages, type Missing } from './debian-packages.ts';

/** Debian's own Python knows Debian's packages where another one comes first in the path. */
const candidates = ['python3', '/usr/bin/python3'];

const packageWithNacl = 'python3-nacl';

/** A Python that has PyNaCl, installed where there is none and it may be. */
export function pythonWithNacl(): string | Missing {
  const found = candidates.find(hasNacl);
  if (found !== undefined) return found;
  const refusal = installPackages(packageWithNacl);
  return candidates.find(hasNacl) ?? { packages: [packageWithNacl], refusal };
}

function hasNacl(python: string): boolean {
  const wanted = 'import sys, sqlite3; from nacl import bindings; sys.exit(sys.version_info < (3, 9))';
  return spawnSync(python, ['-c', wanted], { stdio: 'ignore' }).status === 0;
}
