import type { PowerMonitor } from 'electron';
import type { Dispose } from '../../shared/contract/kit.ts';
import type { LockReason } from '../../shared/contract/window.ts';
import type { Clock } from '../platform/clock.ts';
export interface LockWatchWorld {
    readonly power: Pick<PowerMonitor, 'on' | 'off' | 'getSystemIdleTime'>;
    readonly clock: Clock;
    readonly idleMs: () => number;
    readonly unlocked: () => boolean;
    readonly lock: (reason: LockReason) => void;
}
/** Locks when the person is away: idle, screen locked, computer asleep, or a clock that jumped. */
export declare function watchForLocking(world: LockWatchWorld): Dispose;
