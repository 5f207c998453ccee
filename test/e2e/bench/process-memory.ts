import { readFile } from 'node:fs/promises';

/**
 * Megabytes that a process and all of its descendants have to themselves, with their parts of what they share (PSS): the
 * processes of a browser share most of their program, and adding up what each maps would count that many times.
 * Linux only. @throws when a process may not be looked at
 */
export async function treeMegabytes(pid: number): Promise<number> {
  const [children, rollup] = await Promise.all([
    readOrGone(`/proc/${pid}/task/${pid}/children`),
    readOrGone(`/proc/${pid}/smaps_rollup`),
  ]);
  // A process that is ending has no memory any more.
  const kilobytes = Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  const below = await Promise.all((children.match(/\d+/g) ?? []).map((child) => treeMegabytes(Number(child))));
  return below.reduce((sum, megabytes) => sum + megabytes, kilobytes / 1024);
}

async function readOrGone(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'ENOENT')) return '';
    throw error;
  }
}
