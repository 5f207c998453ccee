import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process of core-cut-off.ts has printed until it was over. */
export interface ChildRun {
  /** In order: each point that was reported, the last one being where it was killed. */
  readonly points: readonly string[];
  /** Undefined: it did not come to its end. */
  readonly ended: string | undefined;
  readonly signal: NodeJS.Signals | null;
}

/** `points`: told how many there are so far. */
export function runChild(
  name: `${string}-child`,
  parameters: readonly string[],
  { stdin = 'ignore', points }: { readonly stdin?: 'ignore' | 'pipe'; readonly points?: (count: number) => void } = {},
): { readonly child: ChildProcess; readonly over: Promise<ChildRun> } {
  const path = fileURLToPath(new URL(`../../out/test/${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [path, ...parameters], { stdio: [stdin, 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    points?.(output.split('\n').length - 1);
  });
  const over = new Promise<ChildRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      const lines = output.split('\n').filter((line) => line !== '');
      const ended = lines.find((line) => line.startsWith('ended '))?.slice('ended '.length);
      resolve({ points: lines.filter((line) => !line.startsWith('ended ')), ended, signal });
    });
  });
  return { child, over };
}
