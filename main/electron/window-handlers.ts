import { tokensPage } from '../../shared/circleci-pages.ts';
import type { Handlers, Input } from '../../shared/contract/kit.ts';
import type { Door, LockedCounts, LockReason, Stood, windowCalls } from '../../shared/contract/window.ts';
import { AppError, answerOf } from '../app-error.ts';
import type { PortClient } from '../core-process/port-client.ts';
import { fileKind } from '../platform/files.ts';
import type { ValueClipboard } from './clipboard.ts';
import { copyValue } from './copied-value.ts';
import type { VaultKeychain } from './keychain.ts';
import { addKeychainWay } from './keychain-way.ts';
import type { SettingsFile } from './settings-file.ts';

export interface WindowHandlersWorld {
  readonly core: () => PortClient;
  readonly vaultPath: string;
  readonly door: () => Door;
  readonly lock: (reason: LockReason) => Promise<void>;
  readonly counted: (counts: LockedCounts) => void;
  readonly clipboard: ValueClipboard;
  readonly keychain: VaultKeychain;
  readonly settings: SettingsFile;
  readonly settingsChanged: () => void;
  readonly otherVaultSeen: () => void;
  readonly openExternal: (url: string) => Promise<void>;
}

export function windowHandlers(world: WindowHandlersWorld): Handlers<typeof windowCalls> {
  let stood: Stood | undefined;
  return {
    'window.read': () => ({
      door: world.door(),
      settings: world.settings.read(),
      clipboard: world.clipboard.state(),
      vault: { path: world.vaultPath, exists: fileKind(world.vaultPath) !== 'absent' },
      ...(stood === undefined ? {} : { stood }),
    }),
    'window.stand': (now) => {
      stood = now;
      return {};
    },
    'window.lock': async () => {
      await world.lock('person');
      return {};
    },
    'window.other-vault-seen': () => {
      world.otherVaultSeen();
      return {};
    },
    'window.count': (counts) => {
      world.counted(counts);
      return {};
    },
    'token.copy': async (wanted) => ({ clipboard: await copyValue(world.core(), world.clipboard, wanted) }),
    'text.copy': async ({ text }) => {
      await world.clipboard.copyText(text);
      return {};
    },
    'settings.change': (change) => {
      const settings = world.settings.change(change);
      world.settingsChanged();
      return { settings };
    },
    'keychain.read': async () => ({ keychain: await world.keychain.state() }),
    'keychain.remember': async (input) => {
      await addKeychainWay(world, input);
      return { keychain: await world.keychain.state() };
    },
    'keychain.unlock': async () => {
      // SECURITY: the system may ask first. A lock that comes meanwhile has another core stand behind the door.
      const core = world.core();
      answerOf(await world.keychain.open((keychainKey) => core.client('vault.unlock', { keychainKey })));
      return {};
    },
    'keychain.forget': async () => {
      world.keychain.forget();
      return { keychain: await world.keychain.state() };
    },
    'clipboard.clear': async () => ({ clipboard: await world.clipboard.clear() }),
    'page.open': async (wanted) => {
      await world.openExternal(await addressOf(world, wanted));
      return {};
    },
  };
}

type WantedPage = Input<(typeof windowCalls)['page.open']>;

async function addressOf(world: WindowHandlersWorld, wanted: WantedPage): Promise<string> {
  if (wanted.page !== 'sign-in') return pageAddress(world, wanted);
  const { url } = answerOf(await world.core().client('account.sign-in-address', { signIn: wanted.signIn }));
  return forBrowser(url);
}

/**
 * SECURITY: the system opens any address with whatever program claims its scheme. The core has checked that this one lies
 * on the account's own host; what is neither https nor this machine goes to nobody even so.
 */
function forBrowser(address: string): string {
  const { protocol, hostname, href } = new URL(address);
  const isLocal = protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol === 'https:' || isLocal) return href;
  throw new AppError('refused', 'That is no address for a browser. Nothing was opened.');
}

async function pageAddress(
  world: WindowHandlersWorld,
  wanted: Exclude<WantedPage, { page: 'sign-in' }>,
): Promise<string> {
  const { accounts } = answerOf(await world.core().client('account.list', {}));
  const account = accounts.find(({ id }) => id === wanted.account);
  if (account === undefined) throw new AppError('not-found', 'That account is not in the vault. Nothing was opened.');
  const site = { isCloud: account.kind === 'cloud', origin: account.host };
  return wanted.page === 'personal-tokens' ? tokensPage(site) : tokensPage(site, wanted.project);
}
