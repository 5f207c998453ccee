import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Core, createCore } from '../../main/core.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import { expectOk } from '../support/core-pieces.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { quickRoot } from '../support/quick-folder.ts';
import type { Asked, Host, Imitation } from './host.ts';
import { Ledger, type Sight } from './ledger.ts';
import { coreOptions, type Prepared } from './prepared.ts';

/** The end of a process in its midst: nothing after this line of the core is done. */
export class Crash extends Error {}

/** Where one sequence plays: a world, a vault in a real file, and the core that is open on it now. */
export interface Stage extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly imitation: Imitation;
  readonly ledger: Ledger;
  core(): Core;
  sight: Sight;
  /** Faults that stay from one act to the next. */
  weather: readonly string[];
  /** What happens at each point that the core reports. */
  onPoint: (point: string) => void;
  onRequest: () => void;
  /** Before a delete is served. */
  onDelete: (path: string) => void;
  /** The newest state of each rotation, as it was announced since `touched` was cleared. */
  readonly touched: Map<string, Rotation>;
  look(): Promise<void>;
  unlock(): Promise<void>;
  restart(): Promise<void>;
}

export async function openStage(host: Host, prepared: Prepared): Promise<Stage> {
  const clock = fakeClock();
  const imitation = host.begin(clock);
  const ledger = new Ledger(imitation.world);
  const vaultDir = await mkdtemp(join(quickRoot(), 'rondo-model-'));
  prepared.copyTo(vaultDir);
  const open = () => {
    const opened = createCore(coreOptions({ vaultDir, clock, observe: (point) => stage.onPoint(point) }));
    opened.subscribe((event) => {
      if (event.event !== 'rotation.changed') return;
      // The newest last.
      stage.touched.delete(event.value.id);
      stage.touched.set(event.value.id, event.value);
    });
    return opened;
  };
  const stage: Stage = {
    clock,
    imitation,
    ledger,
    core: () => core,
    sight: { tokens: [], rotations: [] },
    weather: [],
    onPoint: () => {},
    onRequest: () => {},
    onDelete: () => {},
    touched: new Map(),
    async look() {
      const { inventory } = expectOk(await core.client('inventory.read', {}));
      stage.sight = { tokens: inventory.tokens, rotations: inventory.rotations };
    },
    async unlock() {
      expectOk(await core.client('vault.unlock', { keychainKey: new Uint8Array(prepared.keychainKey) }));
    },
    async restart() {
      await core.close();
      core = open();
      await stage.unlock();
    },
    async [Symbol.asyncDispose]() {
      await core.close();
      await rm(vaultDir, { recursive: true, force: true });
    },
  };
  let core = open();
  host.arrived = ({ method, path }) => {
    if (method === 'DELETE') stage.onDelete(path);
    stage.onRequest();
  };
  host.answered = (asked, status) => noteDelivery(stage, asked, status);
  await stage.unlock();
  await stage.look();
  // Later than what was prepared, so that a list can say that something is gone.
  clock.advance(60_000);
  return stage;
}

/** A create that was answered belongs to the rotation that runs: there is one at a time. */
function noteDelivery({ touched, ledger }: Stage, { method, path }: Asked, status: number): void {
  if (method !== 'POST' || status >= 300 || !path.endsWith('/token')) return;
  const running = [...touched.values()].at(-1);
  if (running?.state === 'running') ledger.count(ledger.delivered, running.id);
}
