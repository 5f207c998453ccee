import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  readonly sandbox: RunningSandbox;
}

/** `tokens`: how many the sandbox has; absent: as many as its team. */
export async function connect(
  deriveKeyWorkerUrl: URL,
  { tokens, observe = () => {} }: { readonly tokens?: number; readonly observe?: Observe } = {},
): Promise<Connected> {
  const vaultDir = await mkdtemp(join(tmpdir(), 'rondo-bench-'));
  const seeded = tokens === undefined ? {} : { tokens };
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock, ...seeded });
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
      await sandbox.close();
      await rm(vaultDir, { recursive: true, force: true });
    },
  };
}
