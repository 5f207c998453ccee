import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

export interface CountingServer {
  readonly origin: string;
  /** The path of every request that arrived; a connection that never became a request is "connected". */
  readonly arrived: readonly string[];
}

/** A server on this machine for what must not be reached. It ends with the test. */
export function countingServers(): () => Promise<CountingServer> {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });
  return async () => {
    const arrived: string[] = [];
    const server = createServer((request, response) => {
      arrived.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*');
      response.end('<title>elsewhere</title>elsewhere');
    });
    server.on('upgrade', (request, socket) => {
      arrived.push(`upgrade ${request.url}`);
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { origin: `http://127.0.0.1:${port}`, arrived };
  };
}
