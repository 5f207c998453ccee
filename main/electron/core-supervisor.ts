import type { utilityProcess } from 'electron';
import type { RondoEvent } from '../../shared/contract/contract.ts';
import type { Port } from '../core-process/port.ts';
import { createPortClient, type PortClient } from '../core-process/port-client.ts';
import type { Clock } from '../platform/clock.ts';

/** Twice what the core itself waits for a running step. */
export const lockGraceMs = 10_000;

/** Ending a process takes milliseconds. */
export const killAfterMs = 1_000;

export interface CoreSupervisor {
  /**
   * The core that is there now, started when it is first asked for: when one ends, a fresh locked one takes its place. One
   * that ended before it ever answered is not replaced by itself, as the next would do the same; whoever asks again has
   * the next one started.
   */
  current(): PortClient;
  /** Ends the process that holds the keys; resolves when the system has taken its memory and a fresh one stands ready. */
  replace(): Promise<void>;
  /** Ends it for good: from then on none is started. */
  end(): Promise<void>;
}

export interface CoreSupervisorOptions {
  readonly fork: typeof utilityProcess.fork;
  readonly corePath: string;
  readonly vaultDir: string;
  readonly marksDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly onEvent: (event: RondoEvent) => void;
  /** A core that had answered ended although nobody asked it to. */
  readonly onUnexpectedEnd: () => void;
}

interface RunningCore {
  readonly client: PortClient;
  hasEnded(): boolean;
  readonly ended: Promise<void>;
  kill(): void;
  /** By the system, whatever the process does. */
  killForCertain(): void;
}

/** Of the core that was ended before there was one: every call is `stopped`. */
const closedPort: Port = { post() {}, onMessage() {}, onClose: (listener) => listener(), close() {} };

export function superviseCore(options: CoreSupervisorOptions): CoreSupervisor {
  let wanted = true;
  let core: RunningCore | undefined;

  function start(): RunningCore {
    const child = options.fork(options.corePath, [], { serviceName: 'Rondo core', stdio: 'inherit' });
    let expected = false;
    let hasAnswered = false;
    let hasEnded = false;
    const port: Port = {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onClose: (listener) => {
        child.once('exit', listener);
      },
      close: () => {},
    };
    const client = createPortClient(port);
    // Electron tells of a fatal error in V8 before `exit`, which tells the rest; nobody listening would throw it here.
    child.on('error', () => {});
    // Before that it has no process id, and is not there to be killed.
    const spawned = new Promise<void>((resolve) => {
      child.once('spawn', resolve);
    });
    child.once('message', () => {
      hasAnswered = true;
    });
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => {
        hasEnded = true;
        resolve();
        if (expected || !wanted || !hasAnswered) return;
        core = start();
        options.onUnexpectedEnd();
      });
    });
    const { vaultDir, marksDir, environment } = options;
    child.postMessage({ vaultDir, marksDir, environment: { ...environment } });
    client.subscribe(options.onEvent);
    return {
      client,
      hasEnded: () => hasEnded,
      ended,
      kill() {
        expected = true;
        void spawned.then(() => child.kill());
      },
      killForCertain() {
        void spawned.then(() => child.pid === undefined || process.kill(child.pid, 'SIGKILL'));
      },
    };
  }

  /**
   * Locking first lets running steps end; killing then takes the memory. SECURITY: a core that does not answer is killed
   * as well, or it would hold its keys for ever. What it was doing is in the journal.
   */
  async function finish(ending: RunningCore): Promise<void> {
    const answered = new AbortController();
    const tooLong = options.clock.sleep(lockGraceMs, answered.signal).catch(() => {});
    await Promise.race([ending.client.client('vault.lock', {}), tooLong]);
    answered.abort();
    ending.kill();
    const obeyed = new AbortController();
    // A process that was stopped does not hear a polite signal.
    void options.clock.sleep(killAfterMs, obeyed.signal).then(ending.killForCertain, () => {});
    await ending.ended;
    obeyed.abort();
  }

  return {
    current() {
      if (wanted && (core === undefined || core.hasEnded())) core = start();
      return core?.client ?? createPortClient(closedPort);
    },
    async replace() {
      const ending = core;
      if (ending !== undefined) await finish(ending);
      if (wanted && core === ending) core = start();
    },
    async end() {
      wanted = false;
      if (core !== undefined) await finish(core);
    },
  };
}
