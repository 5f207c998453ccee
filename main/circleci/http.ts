import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { CircleCiHost } from './circleci.ts';
import { type Connections, createConnections, type ProxyEnvironment } from './connections.ts';
import type { Limits } from './limits.ts';
import { latin1 } from './token-shape.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly host: CircleCiHost;
  readonly path: string;
  readonly token?: Uint8Array;
  readonly body?: string;
  /** The body is a form, as OAuth wants it, and not JSON. */
  readonly isForm?: true;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** An earlier try of the same request got no answer that counts, and may have been carried out. */
  readonly earlierLost?: true;
  /** After a 429, or a 503 that says so: how long the host is left alone. */
  readonly rest?: HostRest;
}

/** How long from now nothing is sent to a host, and until when by our clock. */
export interface HostRest {
  readonly restMs: number;
  readonly untilMs: number;
}

/** No whole answer. `sent` false: not one byte of the request left, so it was not carried out. */
export interface HttpFailure {
  readonly kind: 'failure';
  readonly reason: 'unreachable' | 'lost' | 'timeout' | 'too-large' | 'stopped';
  readonly sent: boolean;
  readonly cause: unknown;
}

export interface Http {
  /** Sends once, follows nothing. Never rejects for what the network does. @throws AppError invalid-input */
  send(request: HttpRequest): Promise<HttpAnswer | HttpFailure>;
  close(): Promise<void>;
}

/** Equals package.json's version; a test says so. */
const version = '0.1.0';

/**
 * The only place that sends. Guarantees: a request is written to at most one connection, once; its time and its answer's
 * size are bounded; whether it may have been carried out is known (`sent`). The token becomes text only here, for its
 * header, and is in no result.
 */
export function createHttp(environment: ProxyEnvironment, limits: Limits): Http {
  const connections = createConnections(environment, limits);
  return {
    async send(request) {
      return sendOnce(connections, limits, request);
    },
    close: () => connections.close(),
  };
}

async function sendOnce(
  connections: Connections,
  limits: Limits,
  request: HttpRequest,
): Promise<HttpAnswer | HttpFailure> {
  const timeLimit = AbortSignal.timeout(limits.answerMs);
  const signal = request.signal === undefined ? timeLimit : AbortSignal.any([timeLimit, request.signal]);
  const pool = await connections.to(request.host);

  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let sent = false;
    let head: Pick<HttpAnswer, 'status' | 'headers'> | undefined;
    let running: Dispatcher.DispatchController | undefined;

    const finish = (outcome: HttpAnswer | HttpFailure) => {
      signal.removeEventListener('abort', onAbort);
      resolve(outcome);
    };
    /** The first failure counts: ending the request makes another one. */
    const fail = (reason: HttpFailure['reason'], cause: unknown) => {
      finish({ kind: 'failure', reason, sent, cause });
    };
    const giveUp = (reason: HttpFailure['reason'], cause: Error) => {
      fail(reason, cause);
      running?.abort(cause);
    };
    const onAbort = () => {
      const timedOut = timeLimit.aborted && request.signal?.aborted !== true;
      giveUp(timedOut ? 'timeout' : 'stopped', new Error(timedOut ? 'no answer in time' : 'stopped'));
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();

    pool.dispatch(
      {
        origin: request.host.origin,
        path: request.path,
        method: request.method,
        headers: headersOf(request),
        ...(request.body === undefined ? {} : { body: request.body }),
      },
      {
        // Called when a connection is there and the next thing is to write to it.
        onRequestStart(controller) {
          if (signal.aborted) return controller.abort(new Error('stopped'));
          running = controller;
          sent = true;
        },
        onResponseStart(_controller, status, headers) {
          head = { status, headers };
        },
        onResponseData(_controller, chunk) {
          size += chunk.length;
          if (size > limits.maxAnswerBytes) giveUp('too-large', new Error('the answer is too large'));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          if (head === undefined) fail('lost', new Error('an answer without a head'));
          else finish({ kind: 'answer', ...head, body: Buffer.concat(chunks) });
        },
        onResponseError(_controller, error) {
          if (isClosing(error)) fail('stopped', error);
          else fail(sent ? 'lost' : 'unreachable', error);
        },
      },
    );
  });
}

/** We closed the connections ourselves: undici's ClientDestroyedError and ClientClosedError. */
function isClosing(error: Error): boolean {
  return 'code' in error && (error.code === 'UND_ERR_DESTROYED' || error.code === 'UND_ERR_CLOSED');
}

const formType = 'application/x-www-form-urlencoded';

function headersOf(request: HttpRequest): Record<string, string> {
  return {
    // Without it v1 and v1.1 may answer EDN.
    accept: 'application/json',
    'user-agent': `rondo/${version}`,
    ...(request.body === undefined ? {} : { 'content-type': request.isForm === true ? formType : 'application/json' }),
    ...(request.token === undefined ? {} : { 'circle-token': latin1(request.token) }),
  };
}
