// Who answers what a page asks: the window itself, the core that is there, or nobody.
import type { Channel } from '../../shared/contract/contract.ts';
import { coreKeyChannel } from '../../shared/contract/page-seal.ts';
import { windowCalls } from '../../shared/contract/window.ts';
import type { Dispatch } from '../dispatch.ts';
import { isForPages, isOwnPlace } from './page-calls.ts';
import type { UnlockPause } from './unlock-pause.ts';

/** Calls of the window that are answered with what the core knows. */
const asksTheCore: ReadonlySet<unknown> = new Set<keyof typeof windowCalls>([
  'token.copy',
  'page.open',
  'keychain.remember',
  'keychain.unlock',
]);

/** Calls by which a password or a recovery code is tried: each wrong one counts. */
const showsSecret: ReadonlySet<unknown> = new Set<Channel | keyof typeof windowCalls>([
  ...(['vault.unlock', 'vault.change-password', 'vault.make-recovery-code', 'vault.remove-way'] as const),
  ...(['backup.restore', 'keychain.remember', 'keychain.unlock'] as const),
]);

export interface AnswersWorld {
  /** Answers the window's own calls, and says of every other that there is none. */
  readonly own: Dispatch;
  /** The core that is there now. */
  readonly core: () => { readonly dispatch: Dispatch };
  /** Until the core that held the keys has ended. */
  readonly locking: () => Promise<void> | undefined;
  readonly pause: UnlockPause;
  readonly backupsDir: string;
}

export function answersToPages({ own, core, locking, pause, backupsDir }: AnswersWorld): Dispatch {
  return async (channel, input) => {
    // Locking is more than the core's own: its process and the page end as well.
    if (channel === 'vault.lock') return own('window.lock', input);
    const isOwn = typeof channel === 'string' && Object.hasOwn(windowCalls, channel);
    const isTheCores = channel === coreKeyChannel || (isForPages(channel) && isOwnPlace(channel, input, backupsDir));
    if (!isOwn && !isTheCores) return own(undefined, input);
    if (isOwn && !asksTheCore.has(channel)) return own(channel, input);
    // SECURITY: the fresh page must not be answered by the core that is still unlocked, nor by way of the window.
    await locking();
    const ask = () => (isOwn ? own(channel, input) : core().dispatch(channel, input));
    return showsSecret.has(channel) ? pause.tried(ask) : ask();
  };
}
