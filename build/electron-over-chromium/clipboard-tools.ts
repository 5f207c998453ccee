import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The desktop's clipboard, text only: its command line tools carry one format at a time. */
export interface TextClipboard {
  read(): Promise<string>;
  write(text: string): Promise<void>;
  clear(): Promise<void>;
}

interface Tool {
  readonly isFor: (env: NodeJS.ProcessEnv) => boolean;
  readonly write: readonly [string, ...string[]];
  readonly read: readonly [string, ...string[]];
  /** Without one, the empty text is written. */
  readonly clear?: readonly [string, ...string[]];
}

const tools: readonly Tool[] = [
  {
    isFor: (env) => Boolean(env.WAYLAND_DISPLAY),
    write: ['wl-copy', '--type', 'text/plain'],
    read: ['wl-paste', '--no-newline'],
    clear: ['wl-copy', '--clear'],
  },
  {
    isFor: (env) => Boolean(env.DISPLAY),
    write: ['xclip', '-selection', 'clipboard', '-in'],
    read: ['xclip', '-selection', 'clipboard', '-out'],
  },
  { isFor: () => process.platform === 'darwin', write: ['pbcopy'], read: ['pbpaste'] },
];

/** @returns undefined where no tool is installed */
export function findClipboardTool(env: NodeJS.ProcessEnv): TextClipboard | undefined {
  const tool = tools.find(
    ({ isFor, write: [write], read: [read] }) => isFor(env) && isOnPath(write, env) && isOnPath(read, env),
  );
  if (tool === undefined) return undefined;
  const write = async (text: string) => void (await runTool(tool.write, env, text));
  return {
    read: () => runTool(tool.read, env).catch(emptyIfSaid),
    write,
    clear: async () => void (tool.clear === undefined ? await write('') : await runTool(tool.clear, env, '')),
  };
}

/**
 * An empty clipboard is an error for these tools, and an empty text for Electron. Any other error is none: whoever cannot
 * look must not take it for cleared.
 */
function emptyIfSaid(error: unknown): string {
  if (error instanceof Error && saysEmpty.test(error.message)) return '';
  throw error;
}

/** In the words of xclip, wl-paste, xsel and of wl-paste's older versions. */
const saysEmpty = /target \S+ not available|nothing is copied|no selection|clipboard content is not available/i;

function isOnPath(command: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Far longer than a desktop takes to hand over what was copied. */
const readMs = 5_000;

/**
 * The text goes through a pipe and never through an argument, which every process of the machine can read. Without one the
 * tool reads the clipboard, and what it says is the answer.
 */
function runTool(
  [command, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  input?: string,
): Promise<string> {
  const isReader = input === undefined;
  return new Promise((resolve, reject) => {
    // The tool that keeps a selection, and be it the empty one, lives on in the background with its standard output: only
    // a reader's is awaited. One that waits for a selection's owner that does not answer would wait for ever.
    const output = isReader ? 'pipe' : 'ignore';
    const stdio = ['pipe', output, output] as const;
    const child = spawn(command, args, { env, stdio: [...stdio], ...(isReader ? { timeout: readMs } : {}) });
    const chunks: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.once('error', reject);
    child.once(isReader ? 'close' : 'exit', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(new Error(`${command} ended with ${code}: ${Buffer.concat(complaints).toString('utf8').trim()}`));
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
