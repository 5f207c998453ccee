import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../build/bundle.mjs';
import { deriveKeyWorkerUrl } from './temporary-vault.ts';

export interface VaultChild {
  readonly process: ChildProcess;
  /** Whole lines so far. */
  lines(): readonly string[];
  /** Resolves when a line starts so; rejects when the process ends before. */
  line(start: string): Promise<string>;
  ended(): Promise<readonly string[]>;
}

export const childScript = join(root, 'out/test/vault-writer-child.mjs');

/** Starts vault-writer-child.ts. `wrap`: a shell command that ends in `exec "$@"`, for limits. */
export function startVaultChild(
  vaultDir: string,
  task: string,
  { count = 0, wrap, ...spawning }: SpawnOptions & { readonly count?: number; readonly wrap?: string } = {},
): VaultChild {
  const command = [process.execPath, childScript, vaultDir, deriveKeyWorkerUrl.href, task, String(count)];
  const [file = '', ...parameters] = wrap === undefined ? command : ['bash', '-c', wrap, 'bash', ...command];
  const child = spawn(file, parameters, { stdio: ['pipe', 'pipe', 'inherit'], ...spawning });
  let output = '';
  const closed = once(child, 'close');
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    child.emit('output');
  });
  const lines = () => output.split('\n').slice(0, -1);
  return {
    process: child,
    lines,
    async line(start) {
      for (;;) {
        const found = lines().find((line) => line.startsWith(start));
        if (found !== undefined) return found;
        if (child.stdout?.closed) throw new Error(`the process ended without "${start}": ${output}`);
        await Promise.race([once(child, 'output'), closed]);
      }
    },
    async ended() {
      await closed;
      return lines();
    },
  };
}
