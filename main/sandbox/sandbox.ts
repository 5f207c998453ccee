import type { SandboxToken, SandboxVariant } from '../../shared/contract/sandbox.ts';
import type { Clock } from '../platform/clock.ts';

export interface SandboxOptions {
  /** 0: any free port. Always on 127.0.0.1. */
  readonly port: number;
  /** About how many tokens to seed, spread over personal and project tokens; the default is a believable small team. */
  readonly tokens?: number;
  /** The same seed gives the same organizations, projects, labels, ids and values. */
  readonly seed?: number;
  /** Faults in the words of the command line: `latency=50`, `error=503@POST /api/v1/user/token#1`. @throws AppError invalid-input */
  readonly faults: readonly string[];
  /** What kind of CircleCI to be; several may go together. The default is the cloud's, as far as it is known. */
  readonly variants?: readonly SandboxVariant[];
  readonly clock: Clock;
}

export interface RunningSandbox {
  readonly url: string;
  /** A personal token of the signed-in user, admin, never expiring: what a newcomer connects with. */
  readonly personalToken: string;
  readonly projects: readonly string[];
  tokens(): readonly SandboxToken[];
  close(): Promise<void>;
}
