import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../build/bundle.mjs';
import { type Clock, systemClock } from '../../main/platform/clock.ts';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import type { RondoCalls } from '../../shared/contract/contract.ts';
import type { Inventory } from '../../shared/contract/inventory.ts';
import type { Client } from '../../shared/contract/kit.ts';
import type { SandboxVariant } from '../../shared/contract/sandbox.ts';
import type { windowCalls } from '../../shared/contract/window.ts';
import { password } from '../support/core-pieces.ts';
import type { AppProcess } from './app-process.ts';
import type { Desktop } from './desktop.ts';
import { seedVault } from './seed-vault.ts';
import { endApp, startWindow } from './started-window.ts';

export const passwordText = new TextDecoder().decode(password());

export interface RondoOptions {
  /**
   * `none`: first run. `empty`: unlocked, without an account. `connected`: unlocked, signed in to a sandbox that was read.
   * `locked`: the same, not unlocked yet.
   */
  readonly vault: 'none' | 'empty' | 'locked' | 'connected';
  /** About how many tokens the sandbox has; else a small team's. */
  readonly tokens?: number;
  /** What that CircleCI is otherwise than usual. */
  readonly variants?: readonly SandboxVariant[];
  /** By whose time the vault was made and read; else by the real one. */
  readonly seedClock?: Clock;
  /** What that CircleCI's latency waits by. */
  readonly sandboxClock?: Clock;
  /** `full`: as it ships, a second or two for each try of a password; else cheaply, for tests that are not about it. */
  readonly derivation?: 'full' | 'quick';
  /** Where the page's files are; else those that are built. */
  readonly pageDir?: string;
  /** False: the window is on the display. */
  readonly isHeadless?: boolean;
}

/** The real app in its own processes over a folder of its own, with a sandbox that lives in the test. */
export interface OpenRondo extends AsyncDisposable {
  /** The page that the window shows now: locking replaces it. */
  readonly page: Page;
  /** Does what makes the window show a fresh page, and waits for that page. */
  replaced(act: () => Promise<unknown>): Promise<Page>;
  /** Types the password. */
  unlock(): Promise<void>;
  /** Asks as the page asks, through its preload: with the contract's types, and for the lists that no page asks for. */
  readonly call: Client<RondoCalls & typeof windowCalls>;
  readonly desktop: Desktop;
  /** @throws Error when the vault was not seeded from one */
  readonly sandbox: RunningSandbox;
  readonly vaultDir: string;
  readonly process: AppProcess;
  /** Starts the app again over the same folder, after it ended. */
  restart(): Promise<Page>;
  /** What the page's policy refused, and errors that nobody caught: both must stay empty. */
  readonly complaints: readonly string[];
}

export async function openRondo(options: RondoOptions): Promise<OpenRondo> {
  const dir = await mkdtemp(join(tmpdir(), 'rondo-e2e-'));
  const vaultDir = join(dir, 'vault');
  const { vault, tokens, variants = [], derivation = 'quick', isHeadless = true } = options;
  const { sandboxClock: clock = systemClock, pageDir = join(root, 'out/renderer'), seedClock = systemClock } = options;
  const isConnected = vault === 'connected' || vault === 'locked';
  const seed = { port: 0, faults: [], clock, variants, ...(tokens === undefined ? {} : { tokens }) };
  const sandbox = isConnected ? await startSandbox(seed) : undefined;
  if (vault !== 'none') await seedVault(vaultDir, sandbox, seedClock);

  const complaints: string[] = [];
  const args = [join(root, 'out/e2e'), vaultDir, join(dir, 'data'), derivation, pageDir];
  const start = () => startWindow({ args, dir, isHeadless }, complaints);
  // Where Playwright ends this process, as it does at Ctrl+C where it drives Electron, nothing later comes.
  const removeAtOnce = () => rmSync(dir, { recursive: true, force: true });
  process.once('exit', removeAtOnce);
  const cleanUp = async () => {
    process.off('exit', removeAtOnce);
    await sandbox?.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  let window = await start().catch(async (error) => {
    await cleanUp();
    throw error;
  });
  const rondo: OpenRondo = {
    get page() {
      return window.page();
    },
    get desktop() {
      return window.desktop;
    },
    get process() {
      return window.process;
    },
    get sandbox() {
      if (sandbox === undefined) throw new Error('this vault is connected to no sandbox');
      return sandbox;
    },
    replaced: (act) => window.replaced(act),
    async unlock() {
      const { page } = rondo;
      await page.getByLabel('Password of this vault').fill(passwordText);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Rondo is locked' }).waitFor({ state: 'detached' });
    },
    call: (channel: string, input: unknown) => callFrom(rondo.page, channel, input),
    vaultDir,
    complaints,
    async restart() {
      await window.process.ended;
      window = await start();
      return rondo.page;
    },
    async [Symbol.asyncDispose]() {
      try {
        await endApp(window.process);
      } finally {
        await cleanUp();
      }
    },
  };
  if (vault === 'empty' || vault === 'connected') await rondo.unlock();
  return rondo;
}

/** The core's lists, which no page asks for: parts of what every page reads. */
const lists: Readonly<Record<string, keyof Inventory>> = {
  'account.list': 'accounts',
  'project.list': 'projects',
  'rotation.list': 'rotations',
  'token.list': 'tokens',
};

/** Of the lists' filters it knows `search`, in labels, and `state`. */
function callFrom(page: Page, channel: string, input: unknown) {
  const ask = async ([name, value, list]: readonly [string, unknown, string | undefined]) => {
    const { call } = Reflect.get(globalThis, 'rondo');
    if (list === undefined) return call(name, value);
    const answer = await call('inventory.read', {});
    if (!answer.ok) return answer;
    const { search = '', state: wanted } = Object(value);
    const passes = ({ label = '', state = '' }) => label.includes(search) && (wanted === undefined || state === wanted);
    const all = answer.value.inventory[list];
    return { ok: true, value: { [list]: all.filter(passes) } };
  };
  return page.evaluate(ask, [channel, input, lists[channel]] as const);
}
