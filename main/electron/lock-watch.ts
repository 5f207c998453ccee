import type { Dispose } from '../../shared/contract/kit.ts';
import type { LockReason } from '../../shared/contract/window.ts';
import type { Clock } from '../platform/clock.ts';

/** Electron's powerMonitor, as far as it is used here. */
export interface Power {
  /** `lock-screen` comes on macOS and Windows only. */
  on(event: 'lock-screen' | 'suspend', listener: () => void): unknown;
  off(event: 'lock-screen' | 'suspend', listener: () => void): unknown;
  /** Seconds since the last key or pointer anywhere. */
  getSystemIdleTime(): number;
  /** `locked` also where no event says so; never where the system does not tell. @throws TypeError for no whole seconds */
  getSystemIdleState(idleThresholdSeconds: number): 'active' | 'idle' | 'locked' | 'unknown';
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

/** The clock moved this much further than we waited, or back: the computer slept, or somebody turned the clock. */
const jumpMs = 60_000;

export interface LockWatch {
  /** The person used our own window just now. */
  readonly seen: () => void;
  readonly end: Dispose;
}

/** Locks when the person is away: idle, screen locked, computer asleep, or a clock that jumped. */
export function watchForLocking(world: LockWatchWorld): LockWatch {
  const ended = new AbortController();
  const onScreenLock = () => world.lock('screen-lock');
  const onSuspend = () => world.lock('suspend');
  world.power.on('lock-screen', onScreenLock);
  world.power.on('suspend', onSuspend);

  let unseenMs = 0;
  /**
   * A desktop that has never said more than none may not know: Chromium says so under Wayland where the desktop is neither
   * GNOME nor KDE (ui/ozone/platform/wayland/host/wayland_screen.cc).
   */
  let systemTells = false;
  function idleSeconds(): number | undefined {
    const seconds = world.power.getSystemIdleTime();
    systemTells ||= seconds > 0;
    return systemTells ? seconds : undefined;
  }
  function whyAway(): LockReason | undefined {
    let seconds: number | undefined;
    try {
      if (world.power.getSystemIdleState(1) === 'locked') return 'screen-lock';
      seconds = idleSeconds();
    } catch {
      // The next look may see them again.
    }
    // SECURITY: whom nobody can look for counts as away since they were seen last.
    unseenMs = seconds === undefined ? unseenMs + lookEveryMs : seconds * 1_000;
    return unseenMs >= world.idleMs() ? 'idle' : undefined;
  }

  async function look(): Promise<void> {
    let lookedAt = world.clock.now();
    for (;;) {
      await world.clock.sleep(lookEveryMs, ended.signal);
      const nowMs = world.clock.now();
      const jumpedMs = nowMs - lookedAt - lookEveryMs;
      lookedAt = nowMs;
      if (!world.unlocked()) {
        // Whoever unlocks it is there.
        unseenMs = 0;
        continue;
      }
      const reason = Math.abs(jumpedMs) > jumpMs ? 'clock-jump' : whyAway();
      if (reason !== undefined) world.lock(reason);
    }
  }
  // Ends by the signal, which rejects the sleep: nothing else in it throws.
  look().catch(() => {});

  return {
    seen() {
      unseenMs = 0;
    },
    end() {
      ended.abort();
      world.power.off('lock-screen', onScreenLock);
      world.power.off('suspend', onSuspend);
    },
  };
}
