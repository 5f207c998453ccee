import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Answer, json, message, Refusal } from './answer.ts';
import type { CircleCiRoute } from './call.ts';
import { identifyCaller } from './caller.ts';
import type { Verdict } from './fault-list.ts';
import { type Backstage, ownRoutes } from './own-routes.ts';
import { limitHeaders, retryAfter } from './rate-limit.ts';
import { findRoute } from './router.ts';
import { routesOf } from './routes.ts';

/** The longest label that anybody makes is a thousandth of it. */
const maxBodyBytes = 65_536;

/** Answers the requests of an HTTP server. `stopping` ends what waits inside. */
export function answerRequests(backstage: Backstage, stopping: AbortSignal): RequestListener {
  const routes = routesOf(backstage.world.variants);
  return (request, response) => {
    serve({ backstage, routes, request, response, stopping }).catch(() => {
      // The client went away, or the sandbox ends: nobody is left to be told.
      request.socket.destroy();
    });
  };
}

interface Exchange {
  readonly backstage: Backstage;
  readonly routes: readonly CircleCiRoute[];
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly stopping: AbortSignal;
}

async function serve(exchange: Exchange): Promise<void> {
  const { backstage, request, response } = exchange;
  // SECURITY: a web page whose name was made to resolve to 127.0.0.1 (DNS rebinding) still sends its own name as Host.
  if (!isLoopback(request.headers.host)) return send(response, message(403, 'The sandbox answers on loopback only'));
  const method = request.method ?? '';
  const target = request.url ?? '';
  const [path = ''] = target.split('?');
  if (path.startsWith('/__sandbox/')) {
    const body = await readBody(request);
    return send(
      response,
      answered(body, () => ownAnswer(backstage, { method, path, body: body ?? '' })),
    );
  }
  const logged = backstage.log.arrived(method, target);
  const verdict = backstage.faults.meet(method, path, backstage.world.clock.now());
  const plain = await underFaults(exchange, verdict, path);
  if (plain === undefined) return;
  const limits = verdict.limit === undefined ? {} : limitHeaders(verdict.limit);
  // Of the clock by which everything here happens, also a Retry-After that is a date.
  const answer = withHeaders(plain, { ...limits, date: new Date(backstage.world.clock.now()).toUTCString() });
  backstage.log.answered(logged, answer.status);
  send(response, answer);
}

/** Undefined: there will be no answer. */
async function underFaults(exchange: Exchange, verdict: Verdict, path: string): Promise<Answer | undefined> {
  const { backstage, request, stopping } = exchange;
  const { effect, latencyMs } = verdict;
  if (latencyMs > 0) await backstage.world.clock.sleep(latencyMs, stopping);
  switch (effect?.kind) {
    case 'rate-limited':
      return json(429, {}, retryAfter(verdict.retryForm, backstage.world.clock.now()));
    case 'error':
      return injectedError(effect.status, retryAfter(verdict.retryForm, backstage.world.clock.now()));
    case 'html':
      return html(effect.status);
    case 'drop-before':
      request.socket.destroy();
      return undefined;
    case 'hang':
      return undefined;
    case undefined:
      return actOn(exchange, path);
    case 'broken-after':
      await actOn(exchange, path);
      return { ...json(200, {}), body: '{"id":"0a1b' };
    case 'null-after':
      await actOn(exchange, path);
      return json(200, { id: null, login: null, name: null });
    case 'drop-after':
      await actOn(exchange, path);
      request.socket.destroy();
      return undefined;
  }
}

async function actOn(exchange: Exchange, path: string): Promise<Answer> {
  const body = await readBody(exchange.request);
  return answered(body, () => circleCiAnswer(exchange, path, body ?? ''));
}

function withHeaders(answer: Answer, headers: Answer['headers']): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function injectedError(status: number, whenLimited: Answer['headers']): Answer {
  return json(status, { message: `The sandbox was told to answer ${status}` }, status === 429 ? whenLimited : {});
}

function html(status: number): Answer {
  const body = `<html><h1>The sandbox was told to answer ${status}</h1></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function circleCiAnswer({ backstage, routes, request }: Exchange, path: string, body: string): Answer {
  const route = findRoute(routes, request.method ?? '', path);
  if (!route.found) return route.answer;
  const { world } = backstage;
  const caller = identifyCaller(world, request.headers);
  const [, query] = (request.url ?? '').split('?');
  const origin = `http://${request.headers.host}`;
  return route.handle({ world, caller, params: route.params, query: new URLSearchParams(query), origin, body });
}

function ownAnswer(backstage: Backstage, asked: { method: string; path: string; body: string }): Answer {
  const route = findRoute(ownRoutes, asked.method, asked.path);
  return route.found ? route.handle(backstage, asked.body, route.params) : route.answer;
}

function answered(body: string | undefined, answer: () => Answer): Answer {
  if (body === undefined) return message(413, 'The body is too large');
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    // The message may be told: nothing in here is secret.
    return message(500, `The sandbox has a bug: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Undefined where it is too large. The rest is read and thrown away, so that the client gets to read the answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?$/i.test(host);
}
