import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { AppError } from '../app-error.ts';
import { pageHeaders, redirectPage, type Taken } from './oauth-page.ts';

/**
 * Where the browser comes back to: one port of 127.0.0.1, open from when the person is sent to the browser until the first
 * answer, and for that one answer only (RFC 8252, 7.3).
 *
 * Guarantees: it listens on loopback only; takes a GET of one path under its own name (a page whose name was made to
 * resolve to 127.0.0.1 sends another one); the first request with that path ends it, whatever it says; a code counts only
 * with the state that was sent out; it repeats nothing of what it is sent.
 */
export interface RedirectListener {
  readonly redirectUri: string;
  /** The code. Rejects with AppError refused: denied, not ours, not allowed. */
  readonly code: Promise<string>;
  /** Closes the port at once. May be called twice. */
  close(): void;
}

export interface RedirectPlace {
  /** 0: any free one. */
  readonly port: number;
  readonly path: string;
  readonly state: string;
}

/** @throws AppError network, where the port is taken */
export async function listenForRedirect({ port, path, state }: RedirectPlace): Promise<RedirectListener> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  // Whoever gave up waiting does not want to hear of it.
  code.catch(() => {});
  let isTaken = false;

  // Only now: loading it takes a tenth of the time in which a core starts, and few people sign in.
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    const answer = isTaken ? undefined : answerIn(request, path);
    if (request.headers.host !== own() || (answer === undefined && !isTaken)) return respond(response, 404);
    if (answer === undefined) return respond(response, 409, 'again');
    isTaken = true;
    const outcome = readAnswer(answer, state);
    // The browser has its page before the port closes.
    response.once('close', () => {
      close();
      if (outcome.taken === 'code') resolve(outcome.code);
      else reject(outcome.error);
    });
    respond(response, outcome.taken === 'foreign' ? 400 : 200, outcome.taken);
  });
  const own = () => `127.0.0.1:${portOf(server.address())}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };

  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    throw new AppError('network', 'Nothing could listen for the browser’s answer on this computer.', {
      effect: 'nothing-changed',
      hint:
        port === 0
          ? 'Try again, or paste a personal token instead.'
          : 'Another program has the port that this sign-in was registered with: sign in as a new client instead.',
      cause,
    });
  }
  return { redirectUri: `http://${own()}${path}`, code, close };
}

/** Undefined: not the place, or not how a browser comes there. */
function answerIn(request: IncomingMessage, path: string): URLSearchParams | undefined {
  const [asked, query = ''] = (request.url ?? '').split('?');
  return request.method === 'GET' && asked === path ? new URLSearchParams(query) : undefined;
}

type Outcome =
  | { readonly taken: 'code'; readonly code: string }
  | { readonly taken: Exclude<Taken, 'code' | 'again'>; readonly error: AppError };

function readAnswer(answer: URLSearchParams, state: string): Outcome {
  const [given, ...more] = answer.getAll('state');
  const [code, ...moreCodes] = answer.getAll('code');
  const [error] = answer.getAll('error');
  const isOurs = given === state && more.length === 0 && moreCodes.length === 0;
  if (!isOurs) return { taken: 'foreign', error: foreign() };
  if (error === 'access_denied') return { taken: 'denied', error: denied() };
  if (error !== undefined || code === undefined || code === '' || code.length > 2_048) {
    return { taken: 'failed', error: notAllowed(error) };
  }
  return { taken: 'code', code };
}

function respond(response: ServerResponse, status: number, taken?: Taken): void {
  response.writeHead(status, { ...pageHeaders, connection: 'close' });
  response.end(taken === undefined ? '' : redirectPage(taken));
}

function portOf(address: ReturnType<Server['address']>): number {
  return address === null || typeof address === 'string' ? 0 : address.port;
}

const again = 'Sign in again, or paste a personal token instead.';

function denied(): AppError {
  return new AppError('refused', 'You did not allow it on CircleCI’s page.', {
    effect: 'nothing-changed',
    hint: again,
  });
}

function foreign(): AppError {
  return new AppError('refused', 'The answer in the browser did not belong to this sign-in, so it was not used.', {
    effect: 'nothing-changed',
    hint: 'Begin again. If it happens twice, something else in that browser answers in CircleCI’s place.',
  });
}

/** RFC 6749 gives the errors names of this kind; anything else may be anything. */
function notAllowed(error: string | undefined): AppError {
  const reason = error !== undefined && /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '';
  return new AppError('refused', `CircleCI sent the browser back without a code${reason}.`, {
    effect: 'nothing-changed',
    hint: again,
  });
}
