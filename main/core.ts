import { join } from 'node:path';
import {
  calls,
  type events,
  type RondoCalls,
  type RondoClient,
  type RondoEvent,
  type RondoHandlers,
} from '../shared/contract/contract.ts';
import type { Dispose } from '../shared/contract/kit.ts';
import type { AccountsWorld } from './accounts/accounts.ts';
import { createBrowserSignIns } from './accounts/browser-sign-in.ts';
import { accountsForOthers } from './accounts/for-others.ts';
import { accountTransfer, projectTransfer } from './accounts/for-transfer.ts';
import { accountHandlers } from './accounts/handlers.ts';
import { createHostMemory } from './accounts/host-memory.ts';
import { listAccounts, listProjects } from './accounts/views.ts';
import { auditEntries } from './audit/entries.ts';
import { auditHandlers } from './audit/handlers.ts';
import { createBackups } from './backup/handlers.ts';
import { createCircleCi } from './circleci/create-circleci.ts';
import type { Limits } from './circleci/limits.ts';
import { createClient } from './client.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { createEvents } from './events.ts';
import { createForeignWrites } from './foreign-writes.ts';
import { createInventoryFeed } from './inventory.ts';
import type { Clock } from './platform/clock.ts';
import { createFileLog, logFileName } from './platform/log.ts';
import type { Observe } from './platform/observe.ts';
import { type Processes, systemProcesses } from './platform/processes.ts';
import type { Random } from './platform/random.ts';
import { repeat } from './platform/repeat.ts';
import { createRepairNotes } from './repair-notes.ts';
import { createDueRotations } from './rotation/due.ts';
import { endOf } from './rotation/ending.ts';
import { rotationTransfer } from './rotation/for-transfer.ts';
import { rotationHandlers } from './rotation/handlers.ts';
import { jobTransfer } from './rotation/jobs/for-transfer.ts';
import { jobHandlers } from './rotation/jobs/handlers.ts';
import { createJobs } from './rotation/jobs/jobs.ts';
import type { JobsWorld } from './rotation/jobs/ports.ts';
import { allElsewhere } from './rotation/may-run.ts';
import { isOpenFor, refuseOpen } from './rotation/open-for.ts';
import { listRotations, viewOfRun } from './rotation/standing.ts';
import { createRunning } from './running.ts';
import { createSandboxHandlers } from './sandbox/handlers.ts';
import { creationWorld } from './tokens/create.ts';
import { createOnce } from './tokens/creation.ts';
import { endsOfValue } from './tokens/ending.ts';
import { leaveOutSealed } from './tokens/for-backup.ts';
import { rotationTokens } from './tokens/for-rotation.ts';
import { tokenTransfer } from './tokens/for-transfer.ts';
import { listTokens, showToken, tokenHandlers } from './tokens/handlers.ts';
import type { TokensWorld } from './tokens/ports.ts';
import { askByUse } from './tokens/proof.ts';
import { tokenStore } from './tokens/token-store.ts';
import { transferHandlers } from './transfer/handlers.ts';
import { transferKind } from './transfer/kinds.ts';
import { createDeriveKey } from './vault/derive-key.ts';
import { createExportSeal } from './vault/export-seal.ts';
import { vaultHandlers } from './vault/handlers.ts';
import { openVaultFolder } from './vault/open-vault-folder.ts';
import { vaultPaths } from './vault/vault-paths.ts';
import { createWitness } from './vault/witness.ts';

export interface CoreOptions {
  /** The vault's folder; nothing is written outside it but the mark. */
  readonly vaultDir: string;
  /** Where the vault's mark is kept a second time; absent: nowhere. */
  readonly marksDir?: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Absent: those of this machine. */
  readonly processes?: Processes;
  /** The bundled worker that derives the key from the password. */
  readonly deriveKeyWorkerUrl: URL;
  /** For the activity: which door the person came through. */
  readonly actor: string;
  /** Proxies: HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in either case. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly observe: Observe;
  /** Only tests may create a vault with a cheaper key derivation than the floor. */
  readonly creationKdf?: { readonly operations: number; readonly memoryBytes: number };
  /** Only tests wait shorter and read less of CircleCI than `defaultLimits` say. */
  readonly circleciLimits?: Partial<Limits>;
}

/** Looking costs a reading of each backup's head, and a day is no matter of minutes. */
const lookForBackupEveryMs = 3_600_000;

/** Rondo without a window: what every front door, transport and test speaks to. */
export interface Core {
  readonly dispatch: Dispatch;
  readonly client: RondoClient;
  subscribe(listener: (event: RondoEvent) => void): Dispose;
  /** From now on what other processes write is announced as well: for a door that stays open. */
  watchForeignWrites(): Dispose;
  /** From now on old tokens that were to be deleted after a time are, once it has come: for a door that stays open. */
  retireWhenDue(): Dispose;
  /** From now on today's backup is made also where nobody unlocks: for a door that stays open. */
  backUpDaily(): Dispose;
  /** Lets running steps end, locks, closes connections and the sandbox. */
  close(): Promise<void>;
}

/** Wires the rooms together: the only file that knows them all, and it decides nothing. */
export function createCore(options: CoreOptions): Core {
  const { vaultDir, clock, random, observe, processes = systemProcesses } = options;
  const log = createFileLog(join(vaultDir, logFileName), clock, random);
  const hub = createEvents<typeof events>();
  const running = createRunning(clock);
  const witness = createWitness(clock, options.actor);
  const written = createInventoryFeed(
    () => inventory(),
    (whole) => hub.publish('inventory.changed', whole),
  );
  const jobsNews = createInventoryFeed(
    () => jobs.news(),
    (news) => {
      for (const job of news) hub.publish('job.changed', job);
    },
  );
  const foreign = createForeignWrites(clock, {
    sequence: () => session().sequence(),
    running: () => [...allElsewhere(rotationWorld), ...jobs.elsewhere()],
  });
  const changedInside = () => {
    written();
    jobsNews();
  };
  const vault = openVaultFolder({ ...options, written: changedInside, keysChanged: () => changed() });
  const session = () => vault.session();
  const sandbox = createSandboxHandlers(clock);
  const hostMemory = createHostMemory(session);
  const limits = options.circleciLimits ?? {};
  const circleci = createCircleCi({
    memory: hostMemory,
    clock,
    random,
    observe,
    environment: options.environment,
    limits,
    paused: jobsNews,
  });
  const endsOfSignIn: AccountsWorld['endsOf'] = (value, among) => endsOfValue(tokensWorld, value, among);
  const accountsWorld = { session, circleci, hostMemory, clock, witness, observe, endsOf: endsOfSignIn };
  const signIns = createBrowserSignIns({ ...accountsWorld, signal: running.signal, stopping: running.stopping });
  /** Whoever waits for a person in the browser would let the lock wait as well. */
  const settle = () => {
    const settled = running.settle();
    signIns.stop();
    return settled;
  };
  const accounts = accountsForOthers({ ...accountsWorld, signal: running.signal });

  const tokensWorld: TokensWorld = {
    session,
    circleci,
    clock,
    witness,
    observe,
    accounts: accounts.forTokens,
    rotations: {
      isOpenFor: (reader, token) => isOpenFor(rotationWorld, reader, token),
      refuseOpen: (token, effect) => refuseOpen(rotationWorld, token, effect),
      endOf: (reader, token) => endOf(rotationWorld, reader, token),
    },
    deleting: new Set(),
    processes,
    progress: (progress) => hub.publish('sync.progress', progress),
  };

  const rotationWorld: JobsWorld = {
    session,
    circleci,
    clock,
    witness,
    observe,
    running: new Set(),
    stopping: running.stopping,
    changed: (rotation) => hub.publish('rotation.changed', viewOfRun(rotationWorld, rotation)),
    inBackground: (work) => void running.during(work).catch((error: unknown) => log.bug(error)),
    jobsChanged: jobsNews,
    processes,
    accounts: accounts.forRotations,
    tokens: {
      ...rotationTokens(tokensWorld),
      get: (reader, id) => tokenStore.get(reader, id),
      show: (token) => showToken(tokensWorld, token.id),
      create: (order) => createOnce(creationWorld(tokensWorld), order),
      ask: (question) => askByUse(circleci, clock, question),
    },
  };
  const due = createDueRotations(rotationWorld, { during: running.during, bug: (error) => void log.bug(error) });
  const jobs = createJobs(rotationWorld);
  const changed = () => hub.publish('vault.changed', vault.status());
  const notes = createRepairNotes(clock);
  const backups = createBackups(
    {
      vault,
      backupsDir: vaultPaths(vaultDir).backupsDir,
      clock,
      witness,
      log,
      leaveOut: leaveOutSealed,
      restored: notes.restored,
      signal: running.signal,
    },
    changed,
  );
  const inventory = () => {
    foreign.told();
    // What is new of jobs was perhaps read before, and counts as told from here on as well.
    jobsNews();
    return {
      accounts: listAccounts(session()),
      projects: listProjects(session()),
      tokens: listTokens(tokensWorld, {}),
      rotations: listRotations(rotationWorld),
    };
  };

  const handlers: RondoHandlers = {
    'inventory.read': () => ({ revision: hub.revision(), inventory: inventory() }),
    ...vaultHandlers(vault, {
      settle,
      stopping: running.stopping,
      changed,
      unlocked() {
        vault.noteOlderCopy(notes.foundOlder);
        void running.during(backups.daily);
        due.unlocked();
      },
      backups: backups.own,
      notes,
    }),
    ...backups.handlers,
    ...transferHandlers({
      session,
      seal: createExportSeal({ ...options, deriveKey: createDeriveKey(options.deriveKeyWorkerUrl) }),
      kinds: [
        transferKind(accountTransfer),
        transferKind(projectTransfer),
        transferKind(tokenTransfer),
        transferKind(rotationTransfer),
        transferKind(jobTransfer),
      ],
      clock,
      witness,
    }),
    ...accountHandlers(accountsWorld, signIns),
    ...tokenHandlers(tokensWorld, (token) => auditEntries(session(), { subject: token }), due.idle),
    ...rotationHandlers(rotationWorld, due.idle),
    ...jobHandlers(rotationWorld, jobs, due.idle),
    ...auditHandlers(session, (prefix) => tokenStore.resolve(session(), prefix).id),
    ...sandbox.handlers,
  };
  const inner = createDispatch<RondoCalls>(calls, handlers, log);
  // Locking waits for every other act, so it is not one of them.
  const dispatch: Dispatch = (channel, input) =>
    channel === 'vault.lock' ? inner(channel, input) : running.during(() => inner(channel, input));

  return {
    dispatch,
    client: createClient(dispatch),
    subscribe: (listener) => hub.subscribe(listener),
    watchForeignWrites: () => foreign.watch(changedInside),
    retireWhenDue: due.watch,
    backUpDaily: () => repeat(clock, lookForBackupEveryMs, () => running.during(backups.daily)),
    async close() {
      await settle();
      vault.lock();
      await circleci.close();
      await sandbox.close();
    },
  };
}
