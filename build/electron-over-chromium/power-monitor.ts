import { NamedEmitter } from './unimplemented.ts';

/**
 * No desktop is asked here: `suspend` and `lock-screen` never come. Idle is whoever has not touched a
 * window of the app: sooner than Electron's answer, which counts the whole desktop, so that what locks by it locks early.
 */
export class PowerMonitor extends NamedEmitter {
  private lastInputMs = performance.now();

  constructor() {
    super(['suspend', 'lock-screen']);
  }

  getSystemIdleTime(): number {
    return Math.floor((performance.now() - this.lastInputMs) / 1000);
  }

  /** Never `locked`: as in Electron where the desktop does not tell. */
  getSystemIdleState(idleThreshold: number): 'active' | 'idle' {
    if (!(idleThreshold > 0)) throw new TypeError('Invalid idle threshold, must be greater than 0');
    return this.getSystemIdleTime() >= idleThreshold ? 'idle' : 'active';
  }

  noteInput(): void {
    this.lastInputMs = performance.now();
  }

  /** For tests. */
  pretendIdle(seconds: number): void {
    this.lastInputMs = performance.now() - seconds * 1000;
  }
}
