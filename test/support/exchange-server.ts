import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One documented exchange: what must be asked, and what is answered then. */
export interface DocumentedExchange {
  /** Method and path with query, exactly as on the wire. */
  readonly ask: `${'GET' | 'POST' | 'DELETE'} /${string}`;
  /** The token in the `circle-token` header; null: none may be sent. */
  readonly token: string | null;
  /** The JSON that must be sent; absent: no body may be sent. */
  readonly sends?: unknown;
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** Sent as JSON. */
    readonly json?: unknown;
    /** Sent as it is, with this type. */
    readonly text?: readonly [type: string, body: string];
  };
}

export interface ExchangeServer extends AsyncDisposable {
  readonly origin: string;
  /** What was asked otherwise than documented, and what was not asked: empty when all went by the table. */
  problems(): readonly string[];
}

/**
 * Replays a table: the exchanges must come in its order, each exactly once. It knows nothing of CircleCI and shares no
 * code with the client or with the sandbox, so that a mistake common to those two shows here.
 */
export async function exchangeServer(table: readonly DocumentedExchange[]): Promise<ExchangeServer> {
  const problems: string[] = [];
  let next = 0;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const expected = table[next];
    next += 1;
    const asked = `${request.method} ${request.url}`;
    const difference = expected === undefined ? 'nothing more was expected' : differenceOf(expected, request, body);
    if (expected === undefined || difference !== undefined) {
      problems.push(`request ${next} was ${asked}: ${difference}`);
      response.writeHead(418).end();
      return;
    }
    const { status, headers, json, text } = expected.answer;
    const [type, content] = text ?? ['application/json', json === undefined ? '' : JSON.stringify(json)];
    response.writeHead(status, { 'content-type': type, ...headers }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    problems: () => [...problems, ...table.slice(next).map(({ ask }) => `${ask} was never asked`)],
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function differenceOf(expected: DocumentedExchange, request: IncomingMessage, body: string): string | undefined {
  const asked = `${request.method} ${request.url}`;
  if (asked !== expected.ask) return `expected ${expected.ask}`;
  const token = request.headers['circle-token'] ?? null;
  if (token !== expected.token) return 'another token was expected';
  if (request.headers.accept !== 'application/json') return 'JSON must be asked for';
  if (!/^rondo\/\d+\.\d+\.\d+$/.test(request.headers['user-agent'] ?? '')) return 'it must say who asks';
  if (request.headers.authorization !== undefined || request.headers.cookie !== undefined) return 'other credentials';
  if (expected.sends === undefined) return body === '' ? undefined : 'no body was expected';
  if (request.headers['content-type'] !== 'application/json') return 'a body must be JSON';
  return sameJson(body, expected.sends) ? undefined : `the body was ${body}`;
}

function sameJson(body: string, expected: unknown): boolean {
  const sorted = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  try {
    return JSON.stringify(JSON.parse(body), sorted) === JSON.stringify(expected, sorted);
  } catch {
    return false;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
