import type { Dispose } from '../../shared/contract/kit.ts';
import type { Clock } from '../platform/clock.ts';
import type { InputFiles } from '../platform/input-files.ts';
import type { Random } from '../platform/random.ts';
import type { Input, Output } from '../platform/standard-streams.ts';
import type { TemporaryFolder } from '../platform/temporary-folder.ts';
import type { Terminal } from '../platform/terminal.ts';
import type { StartCore } from './core-port.ts';

/** Signals that ask us to stop, and what a shell reports for each: 128 and the signal's number. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
export type StopSignal = keyof typeof signalExitCodes;
export const stopSignals: readonly StopSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** Everything outside the command line that it touches, so that a test can stand in for all of it. */
export interface World {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly files: InputFiles;
  readonly clock: Clock;
  readonly random: Random;
  /** The vault's folder where neither an option nor the environment names one. */
  readonly defaultVaultDir: string;
  readonly startCore: StartCore;
  /** Undefined where no person is at a terminal. */
  terminal(): Terminal | undefined;
  temporaryFolder(): Promise<TemporaryFolder>;
  version(): string;
  onSignal(listener: (signal: StopSignal) => void): Dispose;
  /** Ends the process without waiting for anything. */
  exitNow(exitCode: number): void;
  /** Writes a bug of the command line itself to the log in the vault's folder and answers its id. */
  reportBug(error: unknown, vaultDir: string): string;
}
