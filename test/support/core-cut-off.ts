import { readSync, writeSync } from 'node:fs';
import { type Core, createCore } from '../../main/core.ts';
import { type Clock, systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { cheapKdf, expectOk, password } from './core-pieces.ts';

interface Cut {
  readonly vaultDir: string;
  readonly clock?: Clock;
  /** The point at which the process kills itself with SIGKILL: its number, or its name for the first of that name. */
  readonly killAt: string;
  /** The number of the point at which it stands still until its standard input has a line. */
  readonly holdAt?: string;
  /** Told after each point that it has lived through. */
  readonly passed?: () => void;
}

/** The core of a process that can be cut off at one of its own points; it prints one line a point of `act`. */
export function coreCutOff({ vaultDir, clock = systemClock, killAt, holdAt, passed }: Cut) {
  let points = 0;
  let isActing = false;
  const core: Core = createCore({
    vaultDir,
    clock,
    random: systemRandom,
    deriveKeyWorkerUrl: new URL('../node/derive-key-worker.mjs', import.meta.url),
    actor: 'test',
    environment: {},
    // As the vault was made: a stronger one would derive anew in each of hundreds of processes.
    creationKdf: cheapKdf,
    observe(point) {
      if (!isActing) return;
      writeSync(1, `${point}\n`);
      if (String(points) === killAt || point === killAt) process.kill(process.pid, 'SIGKILL');
      // Not a turn of the event loop is taken meanwhile.
      if (String(points) === holdAt) readSync(0, Buffer.alloc(1));
      points += 1;
      passed?.();
    },
  });
  return {
    client: core.client,
    /** Unlocks, acts, and prints what came of it as the last line. */
    async run(act: () => Promise<string>): Promise<void> {
      expectOk(await core.client('vault.unlock', { password: password() }));
      isActing = true;
      const ended = await act();
      isActing = false;
      writeSync(1, `ended ${ended}\n`);
      await core.close();
    },
  };
}
