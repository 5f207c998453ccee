import { chmodSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CliCore } from '../../main/cli/core-port.ts';
import type { CoreOptions } from '../../main/core.ts';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import type { RondoClient } from '../../shared/contract/contract.ts';
import type { Inventory } from '../../shared/contract/inventory.ts';
import { success } from '../../shared/contract/result.ts';
import type { Token } from '../../shared/contract/token.ts';
import { type CliSetting, cli } from './cli-world.ts';
import { type ConnectedCore, connectedCore } from './connected-core.ts';
import { expectOk, password } from './core-pieces.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { unlock, watchedCore } from './temporary-core.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-vault.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly bugs: readonly unknown[];
}

export interface RunOptions extends CliSetting {
  /** Another folder than the connected vault's. */
  readonly vaultDir?: string;
  readonly passwordText?: string;
}

/**
 * The command line in this process, over real cores and a vault that is signed in to a real sandbox and locked. Each run
 * starts a core of its own, as a process would.
 */
export interface ConnectedCli extends AsyncDisposable {
  readonly connected: ConnectedCore;
  readonly sandbox: RunningSandbox;
  readonly clock: FakeClock;
  readonly vaultDir: string;
  /** As they were listed at the start. */
  readonly tokens: readonly Token[];
  /** A token of Rondo's own making, whose value the vault holds. */
  readonly held: Token;
  /** Room for files of the test. */
  readonly folder: TemporaryFolder;
  run(arguments_: readonly string[], options?: RunOptions): Promise<Ran>;
  /** A copy of the vault's folder, to be spoiled. */
  copy(): string;
  /** What the vault of this folder shows when it is opened. */
  inventory(vaultDir?: string): Promise<Inventory>;
}

export const vaultPassword = new TextDecoder().decode(password());

/**
 * `keepOpen`: the vault of the connected core stays open, and every run on it finds it so: for tables of hundreds of rows,
 * where deriving the key each time would take minutes.
 */
export async function connectedCli({
  keepOpen = false,
  ...coreOptions
}: Partial<CoreOptions> & { readonly keepOpen?: boolean } = {}): Promise<ConnectedCli> {
  const clock = fakeClock();
  const connected = await connectedCore({ ...coreOptions, clock });
  const { client, vaultDir, sandbox } = connected;
  const folder = temporaryFolder();
  const [project = ''] = sandbox.projects;
  const order = { project, scope: 'read-only', label: 'held here', keep: true } as const;
  const { token: held } = expectOk(await client('token.create-project', order));
  const tokens = await connected.tokens();
  // Today's: no later unlock makes one, so that a command which changes nothing leaves the folder as it was.
  expectOk(await client('backup.create', {}));
  if (!keepOpen) expectOk(await client('vault.lock', {}));
  let copies = 0;

  const startIn = (dir: string) => watchedCore({ ...coreOptions, clock, vaultDir: dir });
  return {
    connected,
    sandbox,
    clock,
    vaultDir,
    tokens,
    held,
    folder,
    async run(arguments_, { vaultDir: dir = vaultDir, passwordText = vaultPassword, ...setting } = {}) {
      const { exitCode, stdout, stderr, bugs } = await cli(arguments_, {
        environment: { RONDO_VAULT: dir, RONDO_PASSWORD_FILE: '/password' },
        startCore: (options) => {
          if (keepOpen && options.vaultDir === vaultDir) return alreadyOpen(connected);
          const { core, client, ...watched } = startIn(options.vaultDir);
          return { client, subscribe: core.subscribe, close: async () => watched[Symbol.asyncDispose]() };
        },
        ...setting,
        files: { '/password': passwordText, ...setting.files },
      });
      return { exitCode, stdout, stderr, bugs };
    },
    copy() {
      const copyDir = join(folder.path, `copy ${copies++}`);
      mkdirSync(copyDir, { mode: 0o700 });
      cpSync(vaultDir, copyDir, { recursive: true });
      // Folders are copied without their rights, which Rondo would take away again.
      for (const entry of readdirSync(copyDir, { withFileTypes: true })) {
        if (entry.isDirectory()) chmodSync(join(copyDir, entry.name), 0o700);
      }
      return copyDir;
    },
    async inventory(dir = vaultDir) {
      const watched = startIn(dir);
      try {
        await unlock(watched);
        return expectOk(await watched.client('inventory.read', {})).inventory;
      } finally {
        await watched[Symbol.asyncDispose]();
      }
    },
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]();
      folder.dispose();
    },
  };
}

/** The password is looked at by nobody here. */
function alreadyOpen({ core, client }: ConnectedCore): CliCore {
  const opened: RondoClient = async (channel, input) => {
    if (channel !== 'vault.unlock') return client(channel, input);
    const { vault } = expectOk(await client('vault.status', {}));
    return success({ vault, damaged: [] }) as Awaited<ReturnType<typeof client<typeof channel>>>;
  };
  return { client: opened, subscribe: core.subscribe, close: async () => {} };
}
