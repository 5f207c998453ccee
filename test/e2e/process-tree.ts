import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** One of the app's processes, on Linux. */
export interface AppPart {
  readonly pid: number;
  readonly command: string;
}

/** The process and all of its descendants that are there now. */
export async function processTree(pid: number): Promise<AppPart[]> {
  const command = await readOrGone(`/proc/${pid}/cmdline`);
  if (command === '') return [];
  const children = (await readOrGone(`/proc/${pid}/task/${pid}/children`)).match(/\d+/g) ?? [];
  const below = await Promise.all(children.map((child) => processTree(Number(child))));
  return [{ pid, command: command.replaceAll('\0', ' ') }, ...below.flat()];
}

/**
 * Over an installed Chromium it is a Node with its script. On Electron no command line names the script: Chromium says there
 * which service a utility process is for, and the core is the only one of Electron's `node.mojom.NodeService`
 * (shell/services/node/public/mojom) that Rondo starts.
 */
export const isCore = ({ command }: AppPart): boolean =>
  command.includes('core.mjs') || command.includes('--utility-sub-type=node.mojom.NodeService');

/** Of those of the app's processes that run the core now: one, but for the moment in which another takes its place. */
export async function corePids(app: { readonly pid: number }): Promise<number[]> {
  return (await processTree(app.pid)).filter(isCore).map(({ pid }) => pid);
}

/** More than any needle is long, so that one on the border of two pieces is found. */
const overlapBytes = 256;
const pieceBytes = 16 * 1024 * 1024;

/**
 * How often each needle stands in the process's readable memory, as UTF-8 and as UTF-16. Undefined: the system does not
 * let us look (another user's process, or one in Chromium's sandbox).
 */
export async function countInMemory<Name extends string>(
  pid: number,
  needles: Readonly<Record<Name, string>>,
): Promise<Record<Name, number> | undefined> {
  const names = Object.keys(needles) as Name[];
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const maps = await readOrGone(`/proc/${pid}/maps`);
  let memory: number;
  try {
    memory = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return undefined;
  }
  const piece = Buffer.alloc(pieceBytes);
  try {
    for (const [, from = '', to = ''] of maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) r.*$/gm)) {
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += pieceBytes - overlapBytes) {
        const length = readPart(memory, piece.subarray(0, Math.min(pieceBytes, end - at)), at);
        for (const name of names) counts[name] += countIn(piece.subarray(0, length), needles[name]);
      }
    }
    return counts;
  } finally {
    closeSync(memory);
    piece.fill(0);
  }
}

/** Twice over, because a needle within the overlap of two pieces counts twice: what matters is none or some. */
function countIn(piece: Buffer, needle: string): number {
  let count = 0;
  for (const bytes of [Buffer.from(needle, 'utf8'), Buffer.from(needle, 'utf16le')]) {
    for (let at = piece.indexOf(bytes); at >= 0; at = piece.indexOf(bytes, at + 1)) count += 1;
  }
  return count;
}

/** A page that is mapped and not there, such as the kernel's own, reads as nothing. */
function readPart(memory: number, into: Buffer, position: number): number {
  try {
    return readSync(memory, into, 0, into.length, position);
  } catch {
    return 0;
  }
}

async function readOrGone(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
