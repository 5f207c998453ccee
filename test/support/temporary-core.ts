import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Core, type CoreOptions, createCore } from '../../main/core.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { calls, events as eventSchemas, type RondoClient, type RondoEvent } from '../../shared/contract/contract.ts';
import { cheapKdf, deriveKeyWorkerUrl, expectOk, password } from './core-pieces.ts';
import { fakeClock } from './fake-clock.ts';
import { quickRoot } from './quick-folder.ts';

/** A core whose every answer and event is held against the contract: what does not fit fails the test. */
export interface WatchedCore extends AsyncDisposable {
  readonly core: Core;
  readonly client: RondoClient;
  readonly vaultDir: string;
  /** Every event so far. */
  readonly events: readonly RondoEvent[];
}

/** Locked, over whatever is in the folder. */
export function watchedCore(options: Partial<CoreOptions> & { vaultDir: string }): WatchedCore {
  const core = createCore({
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'test',
    environment: {},
    observe: () => {},
    creationKdf: cheapKdf,
    clock: fakeClock(),
    ...options,
  });
  const events: RondoEvent[] = [];
  core.subscribe((event) => events.push(event));
  return {
    core,
    client: checked(core.client),
    vaultDir: options.vaultDir,
    events,
    async [Symbol.asyncDispose]() {
      await core.close();
      expectFittingEvents(events);
    },
  };
}

/** A watched core over a new folder, with an unlocked, empty vault. */
export async function temporaryCore(options: Partial<CoreOptions> = {}): Promise<WatchedCore> {
  const vaultDir = await mkdtemp(join(quickRoot(), 'rondo-test-'));
  const watched = watchedCore({ ...options, vaultDir });
  expectOk(await watched.client('vault.create', { password: password() }));
  await unlock(watched);
  return {
    ...watched,
    async [Symbol.asyncDispose]() {
      await watched[Symbol.asyncDispose]();
      await rm(vaultDir, { recursive: true, force: true });
    },
  };
}

export async function unlock({ client }: Pick<WatchedCore, 'client'>): Promise<void> {
  expectOk(await client('vault.unlock', { password: password() }));
}

/** The schemas are strict: a field that the contract does not know fails as well as a missing one. */
function checked(client: RondoClient): RondoClient {
  return async (channel, input) => {
    const answer = await client(channel, input);
    if (answer.ok) calls[channel].output.parse(answer.value);
    return answer;
  };
}

function expectFittingEvents(events: readonly RondoEvent[]): void {
  for (const [index, { event, revision, value }] of events.entries()) {
    eventSchemas[event].parse(value);
    const before = events[index - 1]?.revision ?? 0;
    if (revision !== before + 1) throw new Error(`the revision ${revision} of ${event} follows ${before}`);
  }
}
