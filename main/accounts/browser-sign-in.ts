import type { SignInClient } from '../../shared/contract/account.ts';
import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { BrowserSignIn } from '../circleci/circleci.ts';
import { parseHost } from '../circleci/host.ts';
import type { AccountRecord } from './account-store.ts';
import { type FinishedSignIn, type FinishWorld, finishSignIn, type WantedSignIn } from './finish-sign-in.ts';
import { writeAccount } from './write-account.ts';

export interface BrowserSignInsWorld extends FinishWorld {
  /** The vault is about to lock: nothing new begins. */
  readonly stopping: () => boolean;
}

export interface BegunSignIn {
  readonly signIn: Id;
  /** For the system's browser. */
  readonly url: string;
}

/**
 * Signing in with the browser, from the question to the account. One at a time, because one person answers: beginning
 * another ends the one before. Its port is open from `begin` until the answer, the end of the time, or `cancel`; until then
 * nothing is stored and nothing changes anywhere.
 */
export interface BrowserSignIns {
  begin(wanted: { host: string; name?: string; caPem?: string }): Promise<BegunSignIn>;
  /** For the same person only. @throws AppError invalid-input: the same client where there is none */
  again(account: AccountRecord, client: SignInClient): Promise<BegunSignIn>;
  address(signIn: Id): string;
  /** Waits for the person in the browser. @throws AppError stopped, refused, and what `exchange` and `identify` throw */
  end(signIn: Id): Promise<FinishedSignIn>;
  /** Also when there is nothing to cancel any more. */
  cancel(signIn: Id): void;
  /** The vault locks. */
  stop(): void;
}

/** Long enough to find the second factor in another room; as long as CircleCI's own command line waits. */
const limitMs = 10 * 60_000;

/** What the person reads on CircleCI's page of consent, and later among their personal tokens. */
const clientName = 'Rondo';

interface OpenSignIn {
  readonly id: Id;
  readonly wanted: WantedSignIn;
  readonly browser: BrowserSignIn;
  /** Ends the wait; without effect once the browser has answered. */
  readonly stop: (because: AppError) => void;
  readonly stopped: Promise<never>;
  outcome?: Promise<FinishedSignIn>;
}

export function createBrowserSignIns(world: BrowserSignInsWorld): BrowserSignIns {
  const { session, circleci, clock, signal } = world;
  let current: OpenSignIn | undefined;

  async function open(wanted: WantedSignIn): Promise<BegunSignIn> {
    current?.stop(stoppedBecause('Another sign-in was begun.'));
    const { host, client } = wanted;
    const asker = { host, signal: signal() };
    const browser = await circleci.beginSignIn({ asker, clientName, ...(client === undefined ? {} : { client }) });
    if (world.stopping()) {
      browser.close();
      throw stoppedBecause('Signing in was stopped because the vault locks.');
    }
    current?.stop(stoppedBecause('Another sign-in was begun.'));
    current = waiting(session().newId(), wanted, browser);
    return { signIn: current.id, url: browser.url };
  }

  function waiting(id: Id, wanted: WantedSignIn, browser: BrowserSignIn): OpenSignIn {
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    stopped.catch(() => {});
    const timer = new AbortController();
    const stop = (because: AppError) => {
      timer.abort();
      browser.close();
      reject(because);
    };
    const over = () => stop(stoppedBecause('Nobody answered in the browser within ten minutes.'));
    clock.sleep(limitMs, timer.signal).then(over, () => {});
    // What has answered needs no time limit.
    browser.code.then(
      () => timer.abort(),
      () => timer.abort(),
    );
    return { id, wanted, browser, stop, stopped };
  }

  function opened(signIn: Id): OpenSignIn {
    if (current?.id === signIn) return current;
    throw new AppError('not-found', 'That sign-in is over.', { effect: 'nothing-changed', hint: 'Begin again.' });
  }

  async function finish(open: OpenSignIn): Promise<FinishedSignIn> {
    const { wanted, browser, stopped } = open;
    try {
      const code = await Promise.race([browser.code, stopped]);
      note(wanted, 'ok', `${wanted.host.origin}: a token named ${clientName} may come of it`);
      return await exchanged(open, code);
    } finally {
      open.stop(stoppedBecause('It is over.'));
      if (current === open) current = undefined;
    }
  }

  /** From here on a token may exist: it is seen through to its end, whoever loses patience. */
  async function exchanged({ wanted, browser }: OpenSignIn, code: string): Promise<FinishedSignIn> {
    try {
      const { value, expiresAt } = await browser.exchange(code, signal());
      try {
        const by = { client: browser.client, ...(expiresAt === undefined ? {} : { expiresAt }) };
        return await finishSignIn(world, wanted, { value, browser: by });
      } finally {
        value.fill(0);
      }
    } catch (error) {
      if (error instanceof AppError) tryToNote(wanted, error.code);
      throw error;
    }
  }

  /** Where the vault is locked by now, or its disk full, the entry before says as much. */
  function tryToNote(wanted: WantedSignIn, failure: string): void {
    try {
      note(wanted, 'failed', failure);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  /** Written before a token can exist: after a crash the log tells that one named Rondo may. */
  function note({ account }: WantedSignIn, outcome: 'ok' | 'failed', detail: string): void {
    const subject = account === undefined ? {} : { subject: account.id };
    writeAccount(world, outcome === 'ok' ? 'signing in' : 'not signed in', (transaction) =>
      transaction.appendLog(world.witness({ action: 'account.signing-in', ...subject, outcome, detail })),
    );
  }

  return {
    async begin({ host: text, name, caPem }) {
      session();
      const { kind, ...address } = parseHost(text);
      const host = { ...address, ...(caPem === undefined ? {} : { caPem }) };
      return open({ host, kind, ...(name === undefined ? {} : { name }) });
    },
    async again(account, which) {
      const { origin, kind, name, caPem, browser } = account;
      const host = { origin, ...(caPem === undefined ? {} : { caPem }) };
      if (which === 'fresh') return open({ host, kind, name, account });
      if (browser === undefined) throw noClient(account);
      return open({ host, kind, name, account, client: browser.client });
    },
    address: (signIn) => opened(signIn).browser.url,
    async end(signIn) {
      const open = opened(signIn);
      open.outcome ??= finish(open);
      return open.outcome;
    },
    cancel(signIn) {
      if (current?.id !== signIn) return;
      current.stop(stoppedBecause('Signing in was cancelled.'));
    },
    stop() {
      current?.stop(stoppedBecause('Signing in was stopped because the vault locks.'));
    },
  };
}

function stoppedBecause(happened: string): AppError {
  return new AppError('stopped', happened, { effect: 'nothing-changed', hint: 'Begin again when you are ready.' });
}

function noClient(account: AccountRecord): AppError {
  return new AppError(
    'invalid-input',
    `Rondo did not sign in to ${account.name} with the browser, so there is no client to use again.`,
    { effect: 'nothing-changed', hint: 'Sign in as a new client: that is the usual way, and leaves no gap.' },
  );
}
