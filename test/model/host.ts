import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../main/platform/clock.ts';
import { FaultList } from '../../main/sandbox/fault-list.ts';
import { RequestLog } from '../../main/sandbox/request-log.ts';
import { seedWorld } from '../../main/sandbox/seed.ts';
import { answerRequests } from '../../main/sandbox/server.ts';
import type { World } from '../../main/sandbox/world.ts';
import type { SandboxVariant } from '../../shared/contract/sandbox.ts';
import type { TimeLimits } from '../support/time-limits.ts';

/** As far as the seed has one token of each kind in two projects and a colleague's, and no further. */
const seededTokens = 16;

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** The token that it was asked with. */
  readonly caller: string;
}

/** What is imitated for one sequence of acts. */
export interface Imitation {
  readonly world: World;
  readonly origin: string;
  readonly faults: FaultList & { readonly met: number };
  /** The signed-in person's own token. */
  readonly personalToken: string;
}

/**
 * The sandbox at one address for all sequences, with a world for each: a vault that was prepared once finds it again.
 * Everything behind the address is the sandbox's own.
 */
export interface Host extends AsyncDisposable {
  readonly origin: string;
  /** Before a request is served. */
  arrived: (asked: Asked) => void;
  /** The whole answer was handed to the connection. */
  answered: (asked: Asked, status: number) => void;
  /** A request has hung: every request that is under way is given up as well. */
  givenUp: () => void;
  begin(clock: Clock, variants: readonly SandboxVariant[]): Imitation;
}

export async function startHost(timeLimits: TimeLimits): Promise<Host> {
  let current: ReturnType<typeof answerRequests> | undefined;
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const asked = { method: request.method ?? '', path, caller: String(request.headers['circle-token'] ?? '') };
    host.arrived(asked);
    response.on('finish', () => host.answered(asked, response.statusCode));
    current?.(request, response);
  });
  // Connections of a core that was closed end by themselves; a limit here would only race with the fake clock.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host: Host = {
    origin: `http://127.0.0.1:${port}`,
    arrived: () => {},
    answered: () => {},
    givenUp: () => {},
    begin(clock, variants) {
      const { world, personalToken } = seedWorld({ clock, variants, tokens: seededTokens });
      const faults = new HangingFaults(() => {
        host.givenUp();
        timeLimits.expire();
      });
      current = answerRequests({ world, faults, log: new RequestLog() }, new AbortController().signal);
      return { world, faults, personalToken, origin: host.origin };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return host;
}

/** A host that hangs costs no time: whoever waits for it has waited long enough at once. */
class HangingFaults extends FaultList {
  /** How many requests have met one. */
  met = 0;
  readonly #hung: () => void;

  constructor(hung: () => void) {
    super();
    this.#hung = hung;
  }

  override meet(method: string, path: string, nowMs: number) {
    const verdict = super.meet(method, path, nowMs);
    if (verdict.effect !== undefined) this.met += 1;
    if (verdict.effect?.kind === 'hang') setImmediate(this.#hung);
    return verdict;
  }
}
