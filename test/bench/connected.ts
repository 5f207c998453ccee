import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { createCore } from '../../main/core.ts';
import { systemClock } from '../../main/platform/clock.ts';
import type { Observe } from '../../main/platform/observe.ts';
import { systemRandom } from '../../main/platform/random.ts';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import type { RondoClient } from '../../shared/contract/contract.ts';
import { cheapKdf, expectOk, password } from '../support/core-pieces.ts';

/** A core over a vault on the real disk, signed in to a sandbox of its own, and synced. */
export interface Connected extends AsyncDisposable {
  readonly client: RondoClient;
  readonly sandbox: Where;
}

type Where = Pick<RunningSandbox, 'url' | 'personalToken'>;

/** `apart`: a sandbox of a thread of its own, which serves also while this one is busy, with about so many tokens. */
export async function connect(
  deriveKeyWorkerUrl: URL,
  { apart, observe = () => {} }: { readonly apart?: Apart; readonly observe?: Observe } = {},
): Promise<Connected> {
  const vaultDir = await mkdtemp(join(tmpdir(), 'rondo-bench-'));
  const { sandbox, end } = await (apart === undefined ? sandboxHere() : sandboxApart(apart));
  const core = createCore({
    vaultDir,
    clock: systemClock,
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'bench',
    environment: {},
    observe,
    creationKdf: cheapKdf,
  });
  const { client } = core;
  expectOk(await client('vault.create', { password: password() }));
  expectOk(await client('vault.unlock', { password: password() }));
  const value = new TextEncoder().encode(sandbox.personalToken);
  expectOk(await client('account.add', { host: sandbox.url, value }));
  expectOk(await client('sync.run', {}));
  return {
    client,
    sandbox,
    async [Symbol.asyncDispose]() {
      await core.close();
      await end();
      await rm(vaultDir, { recursive: true, force: true });
    },
  };
}

export interface Apart {
  readonly workerUrl: URL;
  readonly tokens: number;
}

interface Started {
  readonly sandbox: Where;
  readonly end: () => Promise<unknown>;
}

async function sandboxHere(): Promise<Started> {
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock });
  return { sandbox, end: () => sandbox.close() };
}

const where = z.object({ url: z.string(), personalToken: z.string() });

async function sandboxApart({ workerUrl, tokens }: Apart): Promise<Started> {
  const worker = new Worker(workerUrl, { workerData: tokens });
  const [said] = await once(worker, 'message');
  return { sandbox: where.parse(said), end: () => worker.terminate() };
}
