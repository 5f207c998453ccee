import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder as after a clone: the real start script over a program of a few lines. */
export interface Checkout extends AsyncDisposable {
  write(path: string, content: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** `oldNode`: as if this Node spoke a Node-API that is too old. */
  start(args: readonly string[], options?: { readonly oldNode?: 'first' | 'always' }): Started;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

/** `installed` there: what builds, and a Node such as the optional packages bring along. */
export async function makeCheckout(main: string, installed: readonly ('esbuild' | 'node')[]): Promise<Checkout> {
  const dir = await mkdtemp(join(tmpdir(), 'rondo-checkout-'));
  const write = async (path: string, content: string) => {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await writeFile(join(dir, path), content);
  };
  for (const name of ['rondo.mjs', 'bundle.mjs']) await cp(join(root, 'build', name), join(dir, 'build', name));
  await write('main/cli/main.ts', main);
  await write('main/vault/derive-key-worker.ts', 'export const worker = true;\n');
  await write('package.json', '{ "type": "module" }\n');
  await write('package-lock.json', '{}\n');
  const link = async (target: string, path: string) => {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await symlink(target, join(dir, path));
  };
  if (installed.includes('esbuild')) await link(join(root, 'node_modules/esbuild'), 'node_modules/esbuild');
  if (installed.includes('node')) await link(process.execPath, 'node_modules/.bin/node');
  await write('older-node.mjs', olderNode);
  return {
    write,
    remove: (path) => rm(join(dir, path), { recursive: true }),
    start(args, { oldNode } = {}) {
      const older = oldNode === undefined ? [] : ['--import', pathToFileURL(join(dir, 'older-node.mjs')).href];
      const child = spawn(process.execPath, [...older, join(dir, 'build/rondo.mjs'), ...args], {
        env: { PATH: process.env.PATH, OLD_NODE: oldNode },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      return { child, ended: end(child) };
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}

/** `first`: only the process that was started, not the one that it starts in its place. */
const olderNode = `
if (process.env.OLD_NODE === 'always' || process.env.RONDO_OWN_NODE === undefined) {
  Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '9' } });
}
`;

async function end(child: ReturnType<typeof spawn>): Started['ended'] {
  const closed = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const [{ code, signal }, stdout, stderr] = await Promise.all([closed, read(child.stdout), read(child.stderr)]);
  return { code, signal, stdout, stderr };
}

async function read(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? '' : text(stream);
}
