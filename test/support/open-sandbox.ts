import { request } from 'node:http';
import * as z from 'zod';
import type { RunningSandbox, SandboxOptions } from '../../main/sandbox/sandbox.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { sandboxToken } from '../../shared/contract/sandbox.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export interface Asked {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; undefined where it is none. */
  readonly json: unknown;
}

const state = z.object({
  tokens: z.array(sandboxToken.extend({ createdAt: z.iso.datetime(), expiresAt: z.iso.datetime().optional() })),
  deleted: z.array(z.object({ id: z.string(), createdAt: z.iso.datetime(), deletedAt: z.iso.datetime() })),
  requests: z.int(),
  log: z.array(z.strictObject({ method: z.string(), path: z.string(), status: z.int().optional() })),
  contexts: z.array(z.object({ name: z.string(), variables: z.record(z.string(), z.string()) })),
  projectVariables: z.record(z.string(), z.record(z.string(), z.string())),
  clients: z.array(z.object({ id: z.string(), name: z.string() })),
  faults: z.array(z.string()),
});

export interface OpenSandbox extends AsyncDisposable {
  readonly sandbox: RunningSandbox;
  readonly clock: FakeClock;
  /** `GET /api/v2/me` and the like, over real HTTP; signed in unless `token` or `headers` says otherwise. */
  ask(request: string, asked?: Asked): Promise<Answered>;
  state(): Promise<z.output<typeof state>>;
  setFaults(add: readonly string[]): Promise<void>;
  /** The value of the seeded token of this label, in this project where one is named. */
  valueOf(label: string, project?: string): string;
}

/** A running sandbox with a clock that stands still. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<OpenSandbox> {
  const clock = fakeClock();
  const sandbox = await startSandbox({ port: 0, faults: [], clock, ...options });
  const opened = {
    sandbox,
    clock,
    ask: (request: string, asked: Asked = {}) => ask(sandbox, request, asked),
    state: async () => state.parse((await opened.ask('GET /__sandbox/state')).json),
    setFaults: async (add: readonly string[]) => {
      const { status } = await opened.ask('POST /__sandbox/faults', { body: { add, clear: true } });
      if (status !== 200) throw new Error(`the sandbox refused the faults: ${status}`);
    },
    valueOf: (label: string, project?: string) => {
      const found = sandbox.tokens().find((token) => token.label === label && token.project === project);
      if (found === undefined) throw new Error(`no seeded token ${label}`);
      return found.value;
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
  return opened;
}

async function ask(sandbox: RunningSandbox, request: string, asked: Asked): Promise<Answered> {
  const [method = '', path = ''] = request.split(' ');
  const signedIn = asked.headers ?? { 'circle-token': asked.token ?? sandbox.personalToken };
  const response = await fetch(sandbox.url + path, {
    method,
    headers: { accept: 'application/json', ...signedIn },
    ...(asked.body === undefined
      ? {}
      : { body: typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The status of a GET with a Host header of one's own, which `fetch` does not allow. */
export function statusForHost(sandbox: RunningSandbox, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(new URL('/api/v2/me', sandbox.url), { headers: { host, 'circle-token': sandbox.personalToken } })
      .on('response', (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}
