import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { type Core, createCore } from '../../main/core.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { cheapKdf, deriveKeyWorkerUrl, expectOk, password } from '../support/core-pieces.ts';
import { bytesKey, decode, encode } from './bytes.ts';
import { serveWindow } from './serve-window.ts';
import { createWindowStandIn, type WindowStandIn } from './window-stand-in.ts';

export interface OpenWindow extends AsyncDisposable {
  readonly core: Core;
  readonly standIn: WindowStandIn;
  /** What the page's policy refused, and errors that nobody caught: both must stay empty. */
  readonly complaints: readonly string[];
}

export interface WindowOptions {
  /** `none`: first run. `locked`: created. `connected`: unlocked, with a sandbox that was read. */
  readonly vault: 'none' | 'locked' | 'empty' | 'connected';
  readonly tokens?: number;
}

/** The real page over a real core in a temporary folder, with the real sandbox. */
export async function openWindow(page: Page, { vault, tokens }: WindowOptions): Promise<OpenWindow> {
  const vaultDir = await mkdtemp(join(tmpdir(), 'rondo-window-'));
  const core = createCore({
    vaultDir,
    clock: systemClock,
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'window',
    environment: {},
    observe: () => {},
    creationKdf: cheapKdf,
  });
  if (vault !== 'none') expectOk(await core.client('vault.create', { password: password() }));
  if (vault === 'empty' || vault === 'connected') {
    expectOk(await core.client('vault.unlock', { password: password() }));
  }
  if (vault === 'connected') await connect(core, tokens);

  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const served = await serveWindow();
  const announce = (event: unknown) => {
    page
      .evaluate((value) => Reflect.get(globalThis, '__rondoEvent')(value), encode(event))
      .catch(() => {
        // The page is closing: nobody is left to be told.
      });
  };
  const standIn = createWindowStandIn(core, announce);
  const dispose = core.subscribe(announce);
  await page.exposeFunction('__rondoCall', async (channel: string, input: unknown) => {
    const plain = decode(input);
    return encode(await (standIn.answers(channel) ? standIn.answer(channel, plain) : core.dispatch(channel, plain)));
  });
  await page.addInitScript(preloadScript(bytesKey));
  await page.goto(served.url);
  return {
    core,
    standIn,
    complaints,
    async [Symbol.asyncDispose]() {
      dispose();
      standIn.close();
      await page.close();
      await served.close();
      await core.close();
      await rm(vaultDir, { recursive: true, force: true });
    },
  };
}

async function connect(core: Core, tokens: number | undefined): Promise<void> {
  const { sandbox } = expectOk(
    await core.client('sandbox.start', { port: 0, faults: [], ...(tokens === undefined ? {} : { tokens }) }),
  );
  const value = new TextEncoder().encode(sandbox.personalToken);
  expectOk(await core.client('account.add', { host: sandbox.url, value, name: 'Sandbox' }));
  expectOk(await core.client('sync.run', {}));
}

/** The page's half of the preload, as the shipped one offers it: two functions. */
function preloadScript(key: string): string {
  return `(() => {
    const key = ${JSON.stringify(key)};
    const encode = (value) => {
      if (value instanceof Uint8Array) return { [key]: btoa(String.fromCharCode(...value)) };
      if (Array.isArray(value)) return value.map(encode);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, encode(part)]));
    };
    const decode = (value) => {
      if (Array.isArray(value)) return value.map(decode);
      if (typeof value !== 'object' || value === null) return value;
      if (typeof value[key] === 'string') return Uint8Array.from(atob(value[key]), (c) => c.charCodeAt(0));
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decode(part)]));
    };
    const listeners = new Set();
    window.__rondoEvent = (event) => { for (const listener of [...listeners]) listener(decode(event)); };
    window.rondo = {
      call: async (channel, input) => decode(await window.__rondoCall(channel, encode(input))),
      subscribe: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
    };
  })()`;
}
