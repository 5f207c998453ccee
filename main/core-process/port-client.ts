import type { RondoClient, RondoEvent } from '../../shared/contract/contract.ts';
import type { Dispose } from '../../shared/contract/kit.ts';
import { failure, type Result } from '../../shared/contract/result.ts';
import { createClient } from '../client.ts';
import type { Dispatch } from '../dispatch.ts';
import { giveAway } from './byte-fields.ts';
import { answerMessage, eventMessage, result as resultMessage } from './messages.ts';
import type { Port } from './port.ts';

export interface PortClient {
  /** Byte arrays in the input are given away: they are overwritten, as a core in the same process would. */
  readonly dispatch: Dispatch;
  /** The same with the contract's types. */
  readonly client: RondoClient;
  /** Hears every event from now on, in order. To miss nothing: subscribe first, then read a snapshot. */
  subscribe(listener: (event: RondoEvent) => void): Dispose;
  /** Every call that is still open is answered `stopped`. */
  close(): void;
}

/** The core behind a port, looking as it does in-process. Once the port closes, every call is `stopped`. */
export function createPortClient(port: Port): PortClient {
  const open = new Map<number, (result: Result<unknown>) => void>();
  const listeners = new Set<(event: RondoEvent) => void>();
  let isClosed = false;
  let lastCall = 0;

  function settle(call: number, result: Result<unknown>): void {
    open.get(call)?.(result);
    open.delete(call);
  }

  function stop(): void {
    isClosed = true;
    for (const call of [...open.keys()]) settle(call, stopped);
  }

  port.onClose(stop);
  port.onMessage((message) => {
    const answer = answerMessage.safeParse(message);
    if (answer.success) settle(answer.data.answer, readResult(answer.data.result));
    const announced = eventMessage.safeParse(message);
    // Both ends are made from one contract, and the core published this value through its types.
    if (announced.success) for (const listener of [...listeners]) listener(announced.data.event as RondoEvent);
  });

  const dispatch: Dispatch = async (channel, input) => {
    if (isClosed) return stopped;
    lastCall += 1;
    const call = lastCall;
    return new Promise((resolve) => {
      open.set(call, resolve);
      try {
        giveAway(input, (own) => port.post({ call, channel, input: own }));
      } catch {
        settle(call, unsendable);
      }
    });
  };

  return {
    dispatch,
    client: createClient(dispatch),
    subscribe(listener) {
      const own = (event: RondoEvent) => listener(event);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    close() {
      port.close();
      stop();
    },
  };
}

function readResult(raw: unknown): Result<unknown> {
  const parsed = resultMessage.safeParse(raw);
  return parsed.success ? parsed.data : misunderstood;
}

const stopped = failure({
  code: 'stopped',
  message: 'The part of Rondo that holds the vault ended before it answered. What was written before is safe.',
  hint: 'Unlock again and look at the open rotations: what was half done is in the journal and can be resumed.',
});

const unsendable = failure({
  code: 'invalid-input',
  message: 'The input holds something that cannot be passed on, such as a function. Nothing was done.',
});

const misunderstood = failure({
  code: 'internal',
  message:
    'The part of Rondo that holds the vault gave an answer that nobody understands. Nothing in the vault is lost.',
});
