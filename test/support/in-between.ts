import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificates.ts';

/** One request on its way to the sandbox. */
export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The token that asks, from its header; absent: nobody. */
  readonly value?: string;
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers instead of the sandbox, or changes what it says (`ask`). Undefined: the connection closes without an answer. */
export type Twist = (asked: Asked, ask: () => Promise<Said>) => Said | undefined | Promise<Said | undefined>;

/** A CircleCI that behaves in ways that the sandbox does not: a server in front of it that may twist every exchange. */
export interface InBetween extends AsyncDisposable {
  readonly url: string;
  /** Every request since the start. */
  readonly asked: readonly Asked[];
  /** Undefined: everything passes unchanged. */
  twist: Twist | undefined;
  /** Every answer ends its connection, so that the next request needs a new one. */
  closing: boolean;
  /** From here on nothing listens at its address, until `listen`. */
  refuse(): void;
  listen(): Promise<void>;
}

/** With a certificate it speaks https. */
export async function startInBetween(targetUrl?: string, certificate?: Certificate): Promise<InBetween> {
  const asked: Asked[] = [];
  const listener: RequestListener = (request, response) => {
    const passed = read(request).then(async (seen) => {
      asked.push(seen);
      const ask = () => passOn(seen, new URL(request.url ?? '/', targetUrl));
      const said = between.twist === undefined ? await ask() : await between.twist(seen, ask);
      if (said === undefined) return request.socket.destroy();
      const connection = between.closing ? { connection: 'close' } : {};
      response.writeHead(said.status, { 'content-type': 'application/json', ...connection, ...said.headers });
      return response.end(said.body);
    });
    passed.catch(() => request.socket.destroy());
  };
  const server = certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const between: InBetween = {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    asked,
    twist: undefined,
    closing: false,
    refuse() {
      server.close();
      server.closeAllConnections();
    },
    async listen() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return between;
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const value = request.headers['circle-token'];
  const [path = ''] = (request.url ?? '').split('?');
  return { method: request.method ?? '', path, body, ...(typeof value === 'string' ? { value } : {}) };
}

async function passOn(asked: Asked, target: URL): Promise<Said> {
  const response = await fetch(target, {
    method: asked.method,
    redirect: 'manual',
    headers: { accept: 'application/json', ...(asked.value === undefined ? {} : { 'circle-token': asked.value }) },
    ...(asked.body === '' ? {} : { body: asked.body }),
  });
  const passed = [...response.headers].filter(([name]) => /ratelimit|retry-after|^location$/.test(name));
  return { status: response.status, body: await response.text(), headers: Object.fromEntries(passed) };
}

/** A list with each of its rows changed, undefined takes the row out; what is not a list passes unchanged. */
export async function withRows(
  ask: () => Promise<Said>,
  change: (row: Readonly<Record<string, unknown>>) => object | undefined,
): Promise<Said> {
  const said = await ask();
  if (said.status !== 200) return said;
  const rows = JSON.parse(said.body) as Record<string, unknown>[];
  return { ...said, body: JSON.stringify(rows.map(change).filter((row) => row !== undefined)) };
}
