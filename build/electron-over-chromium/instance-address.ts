import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * SECURITY: whoever can write into a socket's folder can put one of his own in its place, and be told the arguments of
 * each start; and no other user shall speak to ours. So it lies where this user alone can be, which is looked at each time.
 */

/** Linux takes 107 bytes for a socket's path, macOS 103. */
const maxPathBytes = 103;

/**
 * Beside the settings, which is one place however the user is signed in; where that is too long, in the folder of the
 * user's session or in one of our own below the system's for temporary files.
 * @throws Error in one sentence when there is no such place
 */
export function instanceAddress(userData: string, env: NodeJS.ProcessEnv): string {
  const hash = createHash('sha256').update(userData).digest('hex').slice(0, 24);
  const name = `instance-${hash}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const { XDG_RUNTIME_DIR: session } = env;
  const folders = [
    join(userData, 'instance'),
    ...(session ? [join(session, 'electron-over-chromium')] : []),
    join(tmpdir(), `electron-over-chromium-of-${process.getuid?.()}`),
  ];
  for (const folder of folders) {
    const path = join(folder, `${name}.sock`);
    if (Buffer.byteLength(path) <= maxPathBytes && isPrivate(folder)) return path;
  }
  throw new Error('there is no folder of your own for the socket by which a second start finds the first');
}

/** Makes it where it is not. A link is none, wherever it leads. */
function isPrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || stats.uid !== process.getuid?.()) return false;
    if ((stats.mode & 0o077) !== 0) chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}
