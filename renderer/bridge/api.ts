import type { events as coreEvents, RondoCalls } from '../../shared/contract/contract.ts';
import type { Client, Dispose, EventOf } from '../../shared/contract/kit.ts';
import type { Result } from '../../shared/contract/result.ts';
import type { windowCalls, windowEvents } from '../../shared/contract/window.ts';
import type { Preload } from './preload.ts';

type PageCalls = RondoCalls & typeof windowCalls;
type CallClient = Client<PageCalls>;
export type PageEvent = EventOf<typeof coreEvents> | EventOf<typeof windowEvents>;

/** The core's contract and the window's, as the page sees both. */
export interface Api {
  readonly call: CallClient;
  subscribe(listener: (event: PageEvent) => void): Dispose;
}

/**
 * The preload passes on what the other side derived from the same contract, so naming its types is all there is to do:
 * main has parsed the input, and checks its own answers against the same schemas.
 */
export function createApi(preload: Preload): Api {
  const call = async (channel: string, input: unknown): Promise<unknown> => {
    try {
      return await preload.call(channel, input);
    } catch {
      return unreachable;
    }
  };
  return {
    call: call as CallClient,
    subscribe: (listener) => preload.subscribe((event) => listener(event as PageEvent)),
  };
}

const unreachable: Result<never> = {
  ok: false,
  error: {
    code: 'internal',
    message: 'The window could not reach the rest of Rondo. What is in the vault is safe there.',
    hint: 'Try again. If it goes on, quit Rondo and start it again.',
  },
};
