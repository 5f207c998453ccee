import type { CoreOptions } from '../../main/core.ts';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import type { Rotation, RotationMode } from '../../shared/contract/rotation.ts';
import type { SandboxToken, SandboxVariant } from '../../shared/contract/sandbox.ts';
import type { Token } from '../../shared/contract/token.ts';
import { expectOk } from './core-pieces.ts';
import { fakeClock } from './fake-clock.ts';
import { type InBetween, startInBetween } from './in-between.ts';
import { temporaryCore, unlock, type WatchedCore, watchedCore } from './temporary-core.ts';

/**
 * A core that is signed in to a fresh sandbox over real HTTP, and synced. Both share a clock that moves on only when
 * somebody sleeps. `between` stands in the middle and can answer in ways that the sandbox cannot.
 */
export interface ConnectedCore extends WatchedCore {
  readonly sandbox: RunningSandbox;
  readonly between: InBetween;
  /** The account's id. */
  readonly account: string;
  /** Lets time pass, so that what is listed now is later than what was listed before. */
  advance(durationMs: number): void;
  tokens(): Promise<Token[]>;
  /** The one token that has all of this; the first in the list's order. */
  pick(wanted: Partial<Token>): Promise<Token>;
  /** What exists on CircleCI, by its id there: the sandbox's own word. */
  alive(): ReadonlyMap<string, SandboxToken>;
  /** Adds faults while it runs, in the words of the command line; `clear` first removes all. */
  faults(change: { add?: readonly string[]; clear?: true }): Promise<void>;
  rotate(
    token: Pick<Token, 'id'>,
    more?: { label?: string; keep?: boolean; retire?: 'taken' | number; mode?: RotationMode; guided?: true },
  ): Promise<Rotation>;
  resume(): Promise<Rotation[]>;
  unlock(): Promise<void>;
  /** Another core over the same vault, unlocked, as another process would be. */
  another(options?: Partial<CoreOptions>): Promise<WatchedCore>;
  /** Asks the sandbox itself, as a colleague would. */
  colleague(method: string, path: string, body?: object): Promise<void>;
}

export async function connectedCore(
  options: Partial<CoreOptions> & { tokens?: number; variants?: readonly SandboxVariant[] } = {},
): Promise<ConnectedCore> {
  const standing = fakeClock();
  const { tokens, variants = [], clock = standing, ...coreOptions } = options;
  const seeded = tokens === undefined ? {} : { tokens };
  const sandbox = await startSandbox({ port: 0, faults: [], clock, variants, ...seeded });
  const between = await startInBetween(sandbox.url);
  const temporary = await temporaryCore({ ...coreOptions, clock });
  const { client } = temporary;
  const { account } = expectOk(await client('account.add', { host: between.url, value: signInValue(sandbox) }));
  expectOk(await client('sync.run', {}));
  const list = async () => expectOk(await client('token.list', {})).tokens;

  return {
    ...temporary,
    sandbox,
    between,
    account: account.id,
    advance: (durationMs) => standing.advance(durationMs),
    tokens: list,
    async pick(wanted) {
      const facts = Object.entries(wanted);
      const found = (await list()).find((token) =>
        facts.every(([key, value]) => Object.entries(token).some(([name, own]) => name === key && own === value)),
      );
      if (found === undefined) throw new Error(`the inventory has no ${JSON.stringify(wanted)}`);
      return found;
    },
    alive: () => new Map(sandbox.tokens().map((token) => [token.id, token])),
    faults: (change) => post(sandbox, '/__sandbox/faults', change),
    async rotate({ id }, more = {}) {
      const order = { ids: [id], keep: false, dryRun: false, ...more };
      const [rotation] = expectOk(await client('rotation.start', order)).rotations;
      if (rotation === undefined) throw new Error('no rotation was started');
      return rotation;
    },
    resume: async () => expectOk(await client('rotation.resume', { ids: [] })).rotations,
    unlock: () => unlock(temporary),
    async another(more = {}) {
      const second = watchedCore({ ...coreOptions, clock, ...more, vaultDir: temporary.vaultDir });
      await unlock(second);
      return second;
    },
    async colleague(method, path, body) {
      const response = await fetch(new URL(path, sandbox.url), {
        method,
        headers: { 'circle-token': sandbox.personalToken },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`the sandbox answered a colleague ${response.status}`);
    },
    async [Symbol.asyncDispose]() {
      await temporary[Symbol.asyncDispose]();
      await between[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

export function signInValue(sandbox: RunningSandbox): Uint8Array {
  return new TextEncoder().encode(sandbox.personalToken);
}

async function post(sandbox: RunningSandbox, path: string, body: object): Promise<void> {
  const response = await fetch(new URL(path, sandbox.url), { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the sandbox refused: ${response.status} ${await response.text()}`);
}
