import { once } from 'node:events';
import type { Server } from 'node:http';
import { AppError } from '../app-error.ts';
import { FaultList } from './fault-list.ts';
import { RequestLog } from './request-log.ts';
import type { RunningSandbox, SandboxOptions } from './sandbox.ts';
import { seedWorld } from './seed.ts';
import { answerRequests } from './server.ts';
import { viewToken } from './token-view.ts';

/** @throws AppError invalid-input for a malformed fault, and where the port cannot be had */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const faults = new FaultList();
  faults.change({ add: options.faults, clear: false });
  const { world, personalToken, projects } = seedWorld(options);
  const stopping = new AbortController();
  // Only now: loading it takes a tenth of the time in which a core starts, and hardly any core has a sandbox.
  const { createServer } = await import('node:http');
  const server = createServer(answerRequests({ world, faults, log: new RequestLog() }, stopping.signal));
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    personalToken,
    projects,
    tokens: () => world.tokens.all().map(viewToken),
    close: () => stop(server, stopping),
  };
}

/** At once, whatever is being answered or hangs. May be called again. */
function stop(server: Server, stopping: AbortController): Promise<void> {
  stopping.abort();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function listen(server: Server, wantedPort: number): Promise<number> {
  try {
    server.listen(wantedPort, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    throw new AppError('invalid-input', `The sandbox cannot have port ${wantedPort}. Nothing was started.`, {
      hint: 'Name another port, or 0 for any free one.',
      cause: error,
    });
  }
  const address = server.address();
  return address === null || typeof address === 'string' ? wantedPort : address.port;
}
