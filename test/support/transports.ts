import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { messagePort, type Port, processPort } from '../../main/core-process/port.ts';
import { createPortClient } from '../../main/core-process/port-client.ts';
import { type ServedCore, servePort } from '../../main/core-process/port-server.ts';
import type { Dispatch } from '../../main/dispatch.ts';
import type { Dispose } from '../../shared/contract/kit.ts';

/** A core, reached in one way. */
export interface Reached {
  readonly dispatch: Dispatch;
  subscribe(listener: (event: unknown) => void): Dispose;
  close(): Promise<void>;
}

/** A core behind a port, with what only a port has. */
export interface ReachedByPort extends Reached {
  /** Puts any message on the way to the core. */
  post(message: object): void;
  /** Puts any message on the way back, as a broken core would. Absent where the core is another program. */
  readonly postBack?: (message: object) => void;
  /** Ends the core's side without a word. */
  end(): void;
}

export function reachByMessagePort(core: ServedCore): ReachedByPort {
  const { port1, port2 } = new MessageChannel();
  const corePort = messagePort(port1);
  servePort(corePort, core);
  return {
    ...reachThrough(messagePort(port2)),
    postBack: corePort.post,
    end: () => port1.close(),
    close: async () => port2.close(),
  };
}

/** `name` of a file in this folder, which serves its core to the process that started it. */
export function reachByChildProcess(name: `${string}-child`, args: readonly string[] = []): ReachedByPort {
  const program = fileURLToPath(new URL(`../../out/test/${name}.mjs`, import.meta.url));
  const child = fork(program, args, { serialization: 'advanced', execArgv: [] });
  return {
    ...reachThrough(processPort(child)),
    end: () => child.kill('SIGKILL'),
    close: async () => {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      const ended = hasEnded ? undefined : once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function reachThrough(port: Port) {
  const { dispatch, subscribe } = createPortClient(port);
  return { dispatch, subscribe, post: port.post };
}
