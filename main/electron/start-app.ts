import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, nativeTheme, protocol, session, type utilityProcess } from 'electron';
import type { VaultStatus } from '../../shared/contract/vault.ts';
import { type Door, type LockReason, windowCalls, type windowEvents } from '../../shared/contract/window.ts';
import { backupsFolderName, keychainFileName, vaultFileName } from '../../shared/vault-files.ts';
import { createDispatch } from '../dispatch.ts';
import { createEvents } from '../events.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import { createFileLog, logFileName } from '../platform/log.ts';
import { systemRandom } from '../platform/random.ts';
import { answersToPages } from './answers.ts';
import { showApplicationMenu, withholdDefaultMenu } from './application-menu.ts';
import { type ClipboardWorld, createValueClipboard } from './clipboard.ts';
import { hearCore } from './core-events.ts';
import { superviseCore } from './core-supervisor.ts';
import { endHolders, watchEnding } from './ending.ts';
import { denyNetwork, guardPages } from './guard.ts';
import { answerPage, pushToPage } from './ipc.ts';
import { createVaultKeychain, type SystemKeychain } from './keychain.ts';
import { type Power, watchForLocking } from './lock-watch.ts';
import { countLosses } from './losses.ts';
import { pageScheme, pageUrl, servePageFile } from './page-files.ts';
import { besides, otherVault, raise } from './second-start.ts';
import { createSettingsFile } from './settings-file.ts';
import { createUnlockPause } from './unlock-pause.ts';
import { openWindow, standingOf } from './window.ts';
import { windowHandlers } from './window-handlers.ts';

/** What the real entry and the entry of the tests pass differently; everything else is the same code. */
export interface AppWorld {
  /** Where the bundles are: main, preload, core. */
  readonly outDir: string;
  /** Where the page's files are. */
  readonly pageDir: string;
  readonly vaultDir: string;
  /** Where marks are kept outside of vaults' folders. */
  readonly marksDir: string;
  readonly version: string;
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly clipboard: ClipboardWorld['system'];
  readonly keychain: SystemKeychain;
  readonly power: () => Power;
  readonly openExternal: (url: string) => Promise<void>;
  /** A box of the system's own, for when there is no window to say it in. */
  readonly showError: (title: string, text: string) => void;
  /** Starts the core's process. */
  readonly fork: typeof utilityProcess.fork;
}

const tooManyLosses =
  'Its window or its core ended again and again within a minute, so it opened no further one. The vault is locked, and what was written is safe. Start Rondo again; if it ends again, start it from a terminal and see what that says.';

/** SECURITY: before the app is ready, because all of it must hold for the first page already. */
export function prepareApp(): void {
  app.enableSandbox();
  denyNetwork(app.commandLine);
  withholdDefaultMenu();
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true } }]);
}

/** Opens the window over a locked core. Call it when the app is ready. */
export function startApp(world: AppWorld): void {
  const { clock } = world;
  const settings = createSettingsFile(join(app.getPath('userData'), 'settings.json'));
  const hub = createEvents<typeof windowEvents>();
  let window: BrowserWindow | undefined;
  let unlocked = false;
  /** Until the core that held the keys has ended: its last step may take some seconds. */
  let locking: Promise<void> | undefined;
  /** What that core told of its vault meanwhile. */
  let toldLast: VaultStatus['lockedBecause'];
  const { version, runtime } = world;
  let door: Door = { core: 'ready', lockedBecause: 'start', wrongTries: 0, version, runtime };

  const page = () => (window === undefined || window.isDestroyed() ? undefined : { contents: window.webContents });
  const show = (next: Door) => {
    door = next;
    hub.publish('door.changed', door);
  };
  const become = (change: Partial<Door>) => show({ ...door, ...change });
  hub.subscribe((event) => pushToPage(page(), event));

  const clipboard = createValueClipboard({
    system: world.clipboard,
    platform: process.platform,
    clock,
    changed: (state) => hub.publish('clipboard.changed', state),
  });

  showApplicationMenu(process.platform);
  guardPages(app, session.defaultSession);
  protocol.handle(pageScheme, ({ url }) => {
    // Beside the page that is on its way, so that neither waits for the other: before, the window would be later.
    if (url === pageUrl) setImmediate(core.current);
    return servePageFile(world.pageDir, url);
  });
  const applyTheme = () => {
    nativeTheme.themeSource = settings.read().theme;
  };
  applyTheme();

  const losses = countLosses(clock);
  const ending = watchEnding({ app, showError: world.showError, end: endAll });
  async function endAll(): Promise<void> {
    watch.end();
    await endHolders({ clear: clipboard.clear, endCore: core.end, clock });
  }

  function open(before?: BrowserWindow): BrowserWindow {
    const opened = openWindow({
      preloadPath: join(world.outDir, 'preload.cjs'),
      dark: nativeTheme.shouldUseDarkColors,
      ...(before === undefined ? {} : { before: standingOf(before) }),
    });
    opened.webContents.on('input-event', () => watch.seen());
    // It shows nothing and answers nothing any more. What it knew may be in a crash report: the keys go as well.
    opened.webContents.once('render-process-gone', () => {
      if (opened === window && !ending.hasBegun()) pageEnded();
    });
    return opened;
  }
  // First of all, as it takes longest; its page asks for the rest when it is there.
  window = open();

  const core = superviseCore({
    fork: world.fork,
    corePath: join(world.outDir, 'core.mjs'),
    vaultDir: world.vaultDir,
    marksDir: world.marksDir,
    environment: world.environment,
    clock,
    onEvent: hearCore({
      isEnding: ending.hasBegun,
      isLocking: () => locking !== undefined,
      toldWhileLocking(reason) {
        toldLast = reason;
      },
      became(isUnlocked) {
        unlocked = isUnlocked;
      },
      lock: (reason) => void lock(reason),
      push: (event) => pushToPage(page(), event),
    }),
    onUnexpectedEnd() {
      if (losses.isTooMany()) giveUp();
      else showLocked('core-ended', 'ready');
    },
  });

  /** The page that saw names and values goes; a fresh one shows the unlock screen in its place. */
  function showLocked(reason: LockReason, state: Door['core']): void {
    unlocked = false;
    become({ core: state, lockedBecause: reason, lockedAt: isoInstant(clock.now()) });
    const before = window;
    window = open(before);
    before?.destroy();
  }

  function pageEnded(): void {
    if (losses.isTooMany()) giveUp();
    // The page that says so died as well. Its core is on the way already.
    else if (locking !== undefined) showLocked('page-ended', 'starting');
    else void lock('page-ended');
  }

  function giveUp(): void {
    ending.giveUp('Rondo has ended', tooManyLosses);
  }

  function lock(reason: LockReason): Promise<void> {
    locking ??= lockNow(reason).finally(() => {
      locking = undefined;
    });
    return locking;
  }

  async function lockNow(reason: LockReason): Promise<void> {
    toldLast = undefined;
    showLocked(reason, 'starting');
    await core.replace();
    // Whatever locked it, nobody may overlook that the vault is another one now.
    become({ core: 'ready', ...(toldLast === undefined ? {} : { lockedBecause: toldLast }) });
  }

  const handlers = windowHandlers({
    core: core.current,
    vaultPath: join(world.vaultDir, vaultFileName),
    door: () => door,
    lock,
    counted(counts) {
      door = { ...door, counts };
    },
    clipboard,
    keychain: createVaultKeychain({
      system: world.keychain,
      platform: process.platform,
      path: join(world.vaultDir, keychainFileName),
    }),
    settings,
    settingsChanged() {
      applyTheme();
      hub.publish('settings.changed', settings.read());
    },
    otherVaultSeen: () => show(besides(undefined, door)),
    openExternal: world.openExternal,
  });
  const log = createFileLog(join(world.vaultDir, logFileName), clock, systemRandom);
  const answers = answersToPages({
    own: createDispatch(windowCalls, handlers, log),
    core: core.current,
    locking: () => locking,
    pause: createUnlockPause(clock, become),
    backupsDir: join(world.vaultDir, backupsFolderName),
  });
  answerPage(ipcMain, page, answers);
  const watch = watchForLocking({
    power: world.power(),
    clock,
    idleMs: () => settings.read().idleMs,
    unlocked: () => unlocked,
    lock: (reason) => void lock(reason),
  });
  app.on('second-instance', (_event, _argv, _folder, told) => {
    show(besides(otherVault(told, world.vaultDir), door));
    raise(window);
  });
  app.on('window-all-closed', () => app.quit());
}
