import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Core, createCore } from '../../main/core.ts';
import type { Clock } from '../../main/platform/clock.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import { expectOk } from '../support/core-pieces.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { hosts } from './acts.ts';
import type { Asked, Host, Imitation } from './host.ts';
import { Ledger, placeOfList, placeOfStored, type Sight } from './ledger.ts';
import { coreOptions, type Prepared } from './prepared.ts';

/** The end of a process in its midst: nothing after this line of the core is done. */
export class Crash extends Error {}

/** Where one sequence plays: a world, a vault in a real file, and the core that is open on it now. */
export interface Stage extends AsyncDisposable {
  /** This machine's; CircleCI's own is the world's. */
  readonly clock: FakeClock;
  readonly imitation: Imitation;
  readonly ledger: Ledger;
  core(): Core;
  sight: Sight;
  /** Faults that stay from one act to the next. */
  weather: readonly string[];
  /** What happens at each point that the core reports. */
  onPoint: (point: string) => void;
  onRequest: (asked: Asked) => void;
  /** Before a delete is served. */
  onDelete: (path: string) => void;
  /** The newest state of each rotation, as it was announced since `touched` was cleared. */
  readonly touched: Map<string, Rotation>;
  /** The values with which somebody asked who they are, since it was cleared. */
  readonly callers: Set<string>;
  /** How many requests have arrived. */
  requests: number;
  /** This machine's clock is wrong from now on, or right again. */
  setBack(durationMs: number): void;
  look(): Promise<void>;
  unlock(): Promise<void>;
  restart(): Promise<void>;
}

export async function openStage(host: Host, prepared: Prepared): Promise<Stage> {
  const clock = fakeClock();
  let aheadMs = 0;
  const theirClock: Clock = { now: () => clock.now() + aheadMs, sleep: clock.sleep };
  const imitation = host.begin(theirClock, hosts[prepared.at]);
  const ledger = new Ledger(imitation.world);
  const vaultDir = await mkdtemp(join(quickRoot(), 'rondo-model-'));
  prepared.copyTo(vaultDir);
  const patient = lookingOnlyWhenUnlocked(clock);
  const keychainKey = new Uint8Array(prepared.keychainKey);
  const open = () => {
    const opened = createCore(coreOptions({ vaultDir, clock: patient, observe: (point) => stage.onPoint(point) }));
    patient.begin(() => opened.retireWhenDue());
    opened.subscribe((event) => {
      if (event.event !== 'rotation.changed') return;
      if (!ledger.begunMs.has(event.value.id)) ledger.begunMs.set(event.value.id, theirClock.now());
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
    sight: { accounts: [], projects: [], tokens: [], rotations: [], jobs: [] },
    weather: [],
    onPoint: () => {},
    onRequest: () => {},
    onDelete: () => {},
    touched: new Map(),
    callers: new Set(),
    requests: 0,
    setBack(durationMs) {
      clock.advance(-durationMs);
      aheadMs += durationMs;
    },
    async look() {
      const { inventory } = expectOk(await core.client('inventory.read', {}));
      const jobs = ledger.jobs.size === 0 ? [] : expectOk(await core.client('job.list', {})).jobs;
      const accounts = inventory.accounts.toSorted((left, right) => (left.login < right.login ? -1 : 1));
      stage.sight = { ...inventory, accounts, jobs };
    },
    async unlock() {
      expectOk(await core.client('vault.unlock', { keychainKey: new Uint8Array(keychainKey) }));
      // Answers once what had become due has gone on.
      await core.client('rotation.abandon', { id: nothing });
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
  host.arrived = (asked) => {
    const { method, path, caller } = asked;
    stage.requests += 1;
    if (path === '/api/v2/me') stage.callers.add(caller);
    if (method === 'DELETE') stage.onDelete(path);
    stage.onRequest(asked);
  };
  host.answered = (asked, status) => noteDelivery(stage, asked, status);
  host.givenUp = () => noteGivenUp(stage);
  await stage.unlock();
  await stage.look();
  // Later than what was prepared, so that a list can say that something is gone.
  clock.advance(60_000);
  return stage;
}

/**
 * A create that was answered belongs to the rotation that creates there: in one place there is one at a time. The sandbox
 * answers one 201; a 200 is a fault's, and tells nothing of the token.
 */
function noteDelivery({ touched, ledger, sight }: Stage, { method, path, caller }: Asked, status: number): void {
  if (method !== 'POST' || status !== 201 || !path.endsWith('/token')) return;
  const place = placeOfList(path);
  const user = ledger.userOf(caller);
  const creating = [...touched.values()].filter(({ state, steps, token }) => {
    const remoteId = sight.tokens.find(({ id }) => id === token)?.remoteId ?? '';
    const old = ledger.everExisted(remoteId);
    if (old === undefined || place !== placeOfStored(old)) return false;
    if (old.holder.kind === 'personal' && old.holder.user !== user) return false;
    return state === 'running' && steps.some((step) => step.name === 'create' && step.state === 'running');
  });
  for (const { id } of creating) ledger.count(ledger.delivered, id);
}

/** Where several create at once, the answer to one may be given up because another one hangs. */
function noteGivenUp({ touched, ledger }: Stage): void {
  const running = [...touched.values()].filter(({ state }) => state === 'running');
  if (running.length < 2) return;
  for (const { id, steps } of running) {
    const isCreating = steps.some(({ name, state }) => name === 'create' && state === 'running');
    if (isCreating) ledger.count(ledger.interrupted, id);
  }
}

/** The id of no rotation. */
const nothing = '0'.repeat(32);

/** Between two unlocks nobody waits for the next look at what is due: time stands still there until somebody moves it on. */
function lookingOnlyWhenUnlocked(clock: FakeClock): Clock & { begin(watch: () => void): void } {
  let isBeginning = false;
  return {
    now: clock.now,
    sleep: (durationMs, signal) =>
      isBeginning
        ? new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
        : clock.sleep(durationMs, signal),
    begin(watch) {
      isBeginning = true;
      watch();
      isBeginning = false;
    },
  };
}
