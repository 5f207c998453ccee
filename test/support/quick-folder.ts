import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where Linux keeps files in memory: a durable write costs nothing there, and a vault makes seven of them for a rotation. */
const inMemory = '/dev/shm';

/** For folders of tests that look at what a vault does and not at what a disk does. */
export function quickRoot(): string {
  return existsSync(inMemory) ? inMemory : tmpdir();
}
