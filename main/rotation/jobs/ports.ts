import type { Token } from '../../../shared/contract/token.ts';
import type { RotatedToken, RotationTokens, RotationWorld } from '../ports.ts';
import type { RotationRecord } from '../rotation-record.ts';

/** What jobs need besides what a single rotation needs; `core.ts` hands it over. */
export interface JobsWorld extends RotationWorld {
  readonly tokens: RotationTokens & {
    /** As every list shows it. */
    show(token: RotatedToken): Token;
  };
  /** Without a rotation: whether one may still begin. */
  readonly stopping: (rotation?: RotationRecord) => boolean;
  /** Starts work that goes on after the call that began it has answered. Lock and quit wait for it. */
  readonly inBackground: (work: () => Promise<void>) => void;
  /** Something about a job may be new. */
  readonly jobsChanged: () => void;
}
