// What the demo ends with at a terminal: a second window, which nothing drives and nothing but the person closes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Everything that the window writes lies in one folder, which goes with it. How it ends says nothing of the demo, which was
 * read back before.
 * @param {(...args: string[]) => Promise<unknown>} open with the app's arguments; resolves when the window is closed
 */
export async function handOver(open) {
  const dir = mkdtempSync(join(tmpdir(), 'rondo-demo-'));
  try {
    const own = { vault: 'vault', 'user-data-dir': 'data', 'marks-dir': 'marks' };
    await open(...Object.entries(own).map(([option, name]) => `--${option}=${join(dir, name)}`));
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
