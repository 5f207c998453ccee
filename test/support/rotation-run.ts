import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RotationMode } from '../../shared/contract/rotation.ts';
import type { Scope } from '../../shared/contract/token.ts';

const childPath = fileURLToPath(new URL('../../out/test/rotation-child.mjs', import.meta.url));

/** How a process that rotates or resumes came to its end. */
export interface RotationRun {
  /** In order: each point that the rotation reported, the last one being where it was killed. */
  readonly points: readonly string[];
  /** The states of its rotations, joined by commas, or of the token that it made; undefined when it was killed before it could say. */
  readonly states: string | undefined;
  readonly signal: NodeJS.Signals | null;
}

/** What the process does. `aheadMs`: by how much its clock is ahead. */
export interface RotationAct {
  readonly start?: string;
  readonly create?: { readonly project: string; readonly scope: Scope; readonly label: string };
  readonly mode?: RotationMode;
  readonly retire?: 'taken' | number;
  readonly guided?: true;
  /** The rotation that is told what was done by hand. */
  readonly told?: string;
  readonly value?: string;
  readonly confirm?: 'deleted' | 'authorized';
  readonly aheadMs?: number;
}

/** `killAt`: the number of the point at which the process kills itself. Never, if absent. */
export function runRotation(vaultDir: string, act: RotationAct | 'resume', killAt = -1): Promise<RotationRun> {
  const whole = JSON.stringify(act === 'resume' ? {} : act);
  const child = spawn(process.execPath, [childPath, vaultDir, whole, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      const lines = output.split('\n').filter((line) => line !== '');
      const states = lines.find((line) => line.startsWith('states '))?.slice('states '.length);
      resolve({ points: lines.filter((line) => !line.startsWith('states ')), states, signal });
    });
  });
}
