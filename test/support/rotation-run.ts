import type { RotationMode } from '../../shared/contract/rotation.ts';
import type { Scope } from '../../shared/contract/token.ts';
import { type ChildRun, runChild } from './child-run.ts';

/** How a process that rotates or resumes came to its end. */
export interface RotationRun extends Pick<ChildRun, 'points' | 'signal'> {
  /** The states of its rotations, joined by commas, or of the token that it made, or why that was refused; undefined when it was killed before it could say. */
  readonly states: string | undefined;
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
  /** The rotation that is given up. */
  readonly abandon?: string;
  /** Whatever it waits for between two requests, its clock is ahead by that at once. */
  readonly hurried?: true;
}

/** `killAt`: the number of the point at which the process kills itself. Never, if absent. */
export function runRotation(vaultDir: string, act: RotationAct | 'resume', killAt = -1): Promise<RotationRun> {
  return begin(vaultDir, act, { killAt, holdAt: -1 }).ended;
}

/** A process that stands still in the midst of its rotation. */
export interface HeldRotation {
  goOn(): Promise<RotationRun>;
  kill(): Promise<RotationRun>;
}

/** Resolves once it has reached the point of this number. @throws Error when it ends before */
export async function holdRotation(vaultDir: string, act: RotationAct, holdAt: number): Promise<HeldRotation> {
  const { child, ended, reached } = begin(vaultDir, act, { killAt: -1, holdAt });
  const isHeld = await Promise.race([reached.then(() => true), ended.then(() => false)]);
  if (!isHeld) throw new Error('the process ended before that point');
  return {
    goOn() {
      child.stdin?.end('\n');
      return ended;
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function begin(vaultDir: string, act: RotationAct | 'resume', at: { killAt: number; holdAt: number }) {
  const whole = JSON.stringify(act === 'resume' ? {} : act);
  const reached = Promise.withResolvers<void>();
  const { child, over } = runChild('rotation-child', [vaultDir, whole, String(at.killAt), String(at.holdAt)], {
    stdin: at.holdAt < 0 ? 'ignore' : 'pipe',
    points(count) {
      if (count > at.holdAt) reached.resolve();
    },
  });
  const ended = over.then(({ ended: states, points, signal }): RotationRun => ({ points, states, signal }));
  return { child, ended, reached: reached.promise };
}
