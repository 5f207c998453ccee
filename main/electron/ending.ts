// How the app ends: once, and only after what holds secrets has ended.
import type { App } from 'electron';
import type { Clock } from '../platform/clock.ts';

export interface EndingWorld {
  readonly app: Pick<App, 'on' | 'quit' | 'exit' | 'releaseSingleInstanceLock'>;
  /** Resolves when nothing holds a secret any more. */
  readonly end: () => Promise<unknown>;
  /** In a box of the system, and waits until it was read. */
  readonly showError: (title: string, text: string) => void;
}

export interface Ending {
  hasBegun(): boolean;
  /** Ends as ever, then tells why and leaves with an error. */
  giveUp(title: string, text: string): void;
}

/** How long quitting waits for the clipboard, each time. */
const clearingMs = 2_000;

export interface Holders {
  readonly clear: () => Promise<unknown>;
  readonly endCore: () => Promise<void>;
  readonly clock: Clock;
}

/** Ends what holds values: the core, and the clipboard if it is still ours. */
export async function endHolders({ clear, endCore, clock }: Holders): Promise<void> {
  // SECURITY: a clipboard that does not answer must not keep the keys.
  const cleared = () => Promise.race([clear(), clock.sleep(clearingMs)]).catch(() => {});
  await Promise.all([cleared(), endCore()]);
  // SECURITY: what the core gave away as it ended was copied after the first. Now there is nobody to give anything.
  await cleared();
}

export function watchEnding({ app, end, showError }: EndingWorld): Ending {
  let state: 'running' | 'ending' | 'ended' = 'running';
  let failure: { readonly title: string; readonly text: string } | undefined;

  function leave(): void {
    state = 'ended';
    if (failure === undefined) {
      app.quit();
      return;
    }
    showError(failure.title, failure.text);
    app.exit(1);
  }

  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    // SECURITY: also whoever asks again, as a last window that closes does: the core may still hold its keys.
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    // A core's last step may take seconds. Whoever starts Rondo meanwhile gets a window, and not a wish to one that is gone.
    app.releaseSingleInstanceLock();
    void end().then(leave, leave);
  });

  return {
    hasBegun: () => state !== 'running',
    giveUp(title, text) {
      failure ??= { title, text };
      app.quit();
    },
  };
}
