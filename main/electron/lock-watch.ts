import type { Dispose } from '../../shared/contract/kit.ts';
import type { LockReason } from '../../shared/contract/window.ts';
import type { Clock } from '../platform/clock.ts';

/** Electron's powerMonitor, as far as it is used here. */
export interface Power {
  on(event: 'lock-screen' | 'suspend', listener: () => void): unknown;
  off(event: 'lock-screen' | 'suspend', listener: () => void): unknown;
  /** Seconds since the last key or pointer anywhere. */
  getSystemIdleTime(): number;
}

export interface LockWatchWorld {
  readonly power: Power;
  readonly clock: Clock;
  readonly idleMs: () => number;
  readonly unlocked: () => boolean;
  readonly lock: (reason: LockReason) => void;
}

/** Looking this often is early enough for a limit in minutes and too seldom to be noticed. */
const lookEveryMs = 5_000;

/** The clock moved this much further than we waited: the computer slept, or somebody turned the clock. */
const jumpMs = 60_000;

/** Locks when the person is away: idle, screen locked, computer asleep, or a clock that jumped. */
export function watchForLocking(world: LockWatchWorld): Dispose {
  const ended = new AbortController();
  const onScreenLock = () => world.lock('screen-lock');
  const onSuspend = () => world.lock('suspend');
  world.power.on('lock-screen', onScreenLock);
  world.power.on('suspend', onSuspend);

  async function look(): Promise<void> {
    let lookedAt = world.clock.now();
    for (;;) {
      await world.clock.sleep(lookEveryMs, ended.signal);
      const nowMs = world.clock.now();
      const passedMs = nowMs - lookedAt;
      lookedAt = nowMs;
      if (!world.unlocked()) continue;
      if (passedMs < 0 || passedMs > lookEveryMs + jumpMs) world.lock('clock-jump');
      else if (world.power.getSystemIdleTime() * 1_000 >= world.idleMs()) world.lock('idle');
    }
  }
  // Ends by the signal, which rejects the sleep.
  look().catch(() => {});

  return () => {
    ended.abort();
    world.power.off('lock-screen', onScreenLock);
    world.power.off('suspend', onSuspend);
  };
}
