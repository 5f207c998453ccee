import type { events as coreEvents, RondoCalls } from '../../shared/contract/contract.ts';
import type { Calls, Client, Dispose, EventOf, Output } from '../../shared/contract/kit.ts';
import { coreKeyChannel, handedOn, type SealedOutput } from '../../shared/contract/page-seal.ts';
import { type Result, success } from '../../shared/contract/result.ts';
import type { windowCalls, windowEvents } from '../../shared/contract/window.ts';
import { isBytes, sealToCore } from './page-seal.ts';
import type { Preload } from './preload.ts';

type PageCalls = RondoCalls & typeof windowCalls;
type CallClient = Client<PageCalls>;
export type PageEvent = EventOf<typeof coreEvents> | EventOf<typeof windowEvents>;

/** The core's contract and the window's, as the page sees both. */
export interface Api {
  readonly call: CallClient;
  subscribe(listener: (event: PageEvent) => void): Dispose;
}

/** The calls that answer with secret bytes. One that is missing here does not compile. */
type AnswersBytes<C extends Calls> = {
  [Channel in keyof C]: Uint8Array extends Output<C[Channel]>[keyof Output<C[Channel]>] ? Channel : never;
}[keyof C];
const answersBytes: Readonly<Record<AnswersBytes<RondoCalls>, true>> = {
  'token.take': true,
  'vault.make-recovery-code': true,
  // Refused to pages by main, which asks it for `keychain.remember`.
  'vault.make-keychain-key': true,
};

/**
 * The preload passes on what the other side derived from the same contract, so naming its types is all there is to do:
 * main has parsed the input, and checks its own answers against the same schemas. SECURITY: secret bytes leave and enter
 * the page only sealed (page-seal.ts); those of the input are overwritten.
 */
export function createApi(preload: Preload): Api {
  const call = async (channel: string, input: object): Promise<unknown> => {
    try {
      const hasSecrets = Object.values(input).some(isBytes) || Object.hasOwn(answersBytes, channel);
      return await (hasSecrets ? callSealed(preload, channel, input) : preload.call(channel, input));
    } catch {
      return unreachable;
    }
  };
  return {
    call: call as CallClient,
    subscribe: (listener) => preload.subscribe((event) => listener(event as PageEvent)),
  };
}

/** Asks for the core's key each time: the core may be another one than a moment ago. */
async function callSealed(preload: Preload, channel: string, input: object): Promise<Result<unknown>> {
  const key = (await preload.call(coreKeyChannel, {})) as Result<{ readonly publicKey: Uint8Array<ArrayBuffer> }>;
  if (!key.ok) return key;
  const seal = await sealToCore(key.value.publicKey, handedOn[channel] ?? channel, input);
  const answer = (await preload.call(channel, seal.input)) as Result<SealedOutput>;
  return answer.ok && !Object.hasOwn(handedOn, channel) ? success(await seal.open(answer.value)) : answer;
}

const unreachable: Result<never> = {
  ok: false,
  error: {
    code: 'internal',
    message: 'The window could not reach the rest of Rondo. What is in the vault is safe there.',
    hint: 'Try again. If it goes on, quit Rondo and start it again.',
  },
};
