import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** What a client must trust to trust `cert`. */
  readonly caPem: string;
}

/** A new certificate for the names (`DNS:circleci.test`, `IP:127.0.0.1`), by a new authority. Needs `openssl`. */
export function certificateFor(...names: readonly string[]): Certificate {
  const dir = mkdtempSync(join(tmpdir(), 'rondo-certificates-'));
  const make = (...parts: readonly string[]) =>
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', ...parts],
      { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  const read = (name: string) => readFileSync(join(dir, name), 'utf8');
  try {
    make('-subj', '/CN=Rondo test authority', '-keyout', 'ca.key', '-out', 'ca.pem');
    const issued = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', 'basicConstraints=critical,CA:FALSE'];
    make(
      '-subj',
      '/CN=host',
      ...issued,
      '-addext',
      `subjectAltName=${names.join()}`,
      '-keyout',
      'h.key',
      '-out',
      'h.pem',
    );
    return { key: read('h.key'), cert: read('h.pem'), caPem: read('ca.pem') };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
