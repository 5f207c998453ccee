import type { Account, EarlierSignIn } from '../../shared/contract/account.ts';
import type { Failure } from '../../shared/contract/result.ts';
import type { Id } from '../../shared/ids.ts';
import type { WantedHost } from './accounts.ts';
import type { Tools } from './tools.ts';

/** A new account on this host, or an account of the inventory again. */
export interface WantedSignIn extends WantedHost {
  readonly again?: { readonly account: Id; readonly name: string };
}

/** How far signing in with the browser is. The address holds nothing that signs anybody in. */
export type SignInState =
  | { readonly is: 'none' }
  | { readonly is: 'asking'; readonly wanted: WantedSignIn }
  | { readonly is: 'waiting'; readonly wanted: WantedSignIn; readonly signIn: Id; readonly url: string }
  | { readonly is: 'failed'; readonly wanted: WantedSignIn; readonly failure: Failure }
  | { readonly is: 'done'; readonly account: Account; readonly earlier: EarlierSignIn };

export interface SignInSlice {
  readonly signIn: SignInState;
  signInPressed(wanted: WantedSignIn): void;
  /** The browser was closed, or never came up. */
  signInPageAsked(): Promise<Failure | undefined>;
  signInAddressCopied(): Promise<Failure | undefined>;
  /** Closing is a no. */
  signInClosed(): void;
}

export function createSignInSlice({ api, get, set }: Tools): SignInSlice {
  /** Whether the person still looks at this one: they may have closed it, or begun another. */
  const isCurrent = (state: SignInState) => get().signIn === state;

  function become(before: SignInState, next: SignInState): boolean {
    if (!isCurrent(before)) return false;
    set({ signIn: next });
    return true;
  }

  async function run(wanted: WantedSignIn, asking: SignInState): Promise<void> {
    const { again, ...host } = wanted;
    const begun =
      again === undefined
        ? await api.call('account.sign-in-begin', host)
        : await api.call('account.sign-in-again', { id: again.account, client: 'fresh' });
    if (!begun.ok) return void become(asking, { is: 'failed', wanted, failure: begun.error });
    const { signIn, url } = begun.value;
    const waiting: SignInState = { is: 'waiting', wanted, signIn, url };
    if (!become(asking, waiting)) return void api.call('account.sign-in-cancel', { signIn });
    const opening = await open(signIn);
    if (opening !== undefined) {
      void api.call('account.sign-in-cancel', { signIn });
      return void become(waiting, { is: 'failed', wanted, failure: opening });
    }
    const ended = await api.call('account.sign-in-end', { signIn });
    if (!ended.ok) return void become(waiting, { is: 'failed', wanted, failure: ended.error });
    // It is there now, whether or not somebody still looks.
    const { account, earlier } = ended.value;
    if (become(waiting, { is: 'done', account, earlier }) && earlier === 'none' && wanted.again === undefined) {
      get().signInClosed();
    }
    await get().inventoryAsked();
    await get().syncNeeded();
    await get().inventoryAsked();
  }

  async function open(signIn: Id): Promise<Failure | undefined> {
    const answer = await api.call('page.open', { page: 'sign-in', signIn });
    return answer.ok ? undefined : answer.error;
  }

  return {
    signIn: { is: 'none' },
    signInPressed(wanted) {
      const asking: SignInState = { is: 'asking', wanted };
      set({ signIn: asking, overlay: { open: 'sign-in' } });
      void run(wanted, asking);
    },
    async signInPageAsked() {
      const { signIn } = get();
      return signIn.is === 'waiting' ? open(signIn.signIn) : undefined;
    },
    async signInAddressCopied() {
      const { signIn } = get();
      if (signIn.is !== 'waiting') return undefined;
      const answer = await api.call('text.copy', { text: signIn.url });
      return answer.ok ? undefined : answer.error;
    },
    signInClosed() {
      const { signIn } = get();
      set({ signIn: { is: 'none' }, overlay: { open: 'none' } });
      if (signIn.is === 'waiting') void api.call('account.sign-in-cancel', { signIn: signIn.signIn });
    },
  };
}
