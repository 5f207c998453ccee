import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, type CoreOptions, createCore } from '../../main/core.ts';
import { systemRandom } from '../../main/platform/random.ts';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import type { RondoEvent } from '../../shared/contract/contract.ts';
import type { Token } from '../../shared/contract/token.ts';
import { cheapKdf, deriveKeyWorkerUrl, expectOk, password } from './core-pieces.ts';
import { fakeClock } from './fake-clock.ts';

export interface TemporaryCore extends AsyncDisposable {
  readonly core: Core;
  readonly vaultDir: string;
  readonly events: readonly RondoEvent[];
}

/** A core over a temporary folder, with an unlocked, empty vault. */
export async function temporaryCore(options: Partial<CoreOptions> = {}): Promise<TemporaryCore> {
  const vaultDir = options.vaultDir ?? (await mkdtemp(join(tmpdir(), 'rondo-test-')));
  const clock = options.clock ?? fakeClock();
  const core = createCore({
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'test',
    environment: {},
    observe: () => {},
    creationKdf: cheapKdf,
    ...options,
    vaultDir,
    clock,
  });
  const events: RondoEvent[] = [];
  core.subscribe((event) => events.push(event));
  expectOk(await core.client('vault.create', { password: password() }));
  expectOk(await core.client('vault.unlock', { password: password() }));
  return {
    core,
    vaultDir,
    events,
    async [Symbol.asyncDispose]() {
      await core.close();
      await rm(vaultDir, { recursive: true, force: true });
    },
  };
}

export interface ConnectedCore extends TemporaryCore {
  readonly sandbox: RunningSandbox;
  /** The account's id. */
  readonly account: string;
  tokens(): Promise<Token[]>;
  /** Adds faults while it runs, in the words of the command line; `clear` first removes all. */
  faults(change: { add?: readonly string[]; clear?: true }): Promise<void>;
}

/** The same, signed in to a fresh sandbox and synced. The sandbox shares the clock. */
export async function connectedCore(options: Partial<CoreOptions> & { tokens?: number } = {}): Promise<ConnectedCore> {
  const { tokens, clock = fakeClock(), ...coreOptions } = options;
  const sandbox = await startSandbox({ port: 0, faults: [], clock, ...(tokens === undefined ? {} : { tokens }) });
  const temporary = await temporaryCore({ ...coreOptions, clock });
  const { client } = temporary.core;
  const value = new TextEncoder().encode(sandbox.personalToken);
  const { account } = expectOk(await client('account.add', { host: sandbox.url, value }));
  expectOk(await client('sync.run', {}));
  return {
    ...temporary,
    sandbox,
    account: account.id,
    tokens: async () => expectOk(await client('token.list', {})).tokens,
    faults: async (change) => {
      const response = await fetch(new URL('/__sandbox/faults', sandbox.url), {
        method: 'POST',
        body: JSON.stringify(change),
      });
      if (!response.ok) throw new Error(`the sandbox refused the faults: ${response.status}`);
    },
    async [Symbol.asyncDispose]() {
      await temporary[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}
