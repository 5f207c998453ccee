import type { Dispose } from '../../shared/contract/kit.ts';
import { failure } from '../../shared/contract/result.ts';
import type { Dispatch } from '../dispatch.ts';
import { giveAway, wipeBytes } from './byte-fields.ts';
import { type CallMessage, callMessage } from './messages.ts';
import type { Port } from './port.ts';

/** The part of the core that a port carries: the same two things that it is for whoever holds it in-process. */
export interface ServedCore {
  readonly dispatch: Dispatch;
  readonly subscribe: (listener: (event: unknown) => void) => Dispose;
}

/**
 * Answers every call that comes through `port` and announces every event, until the other end closes. A message that is
 * not a call is ignored: there is nobody to answer to. Nothing that arrives can end this process.
 */
export function servePort(port: Port, core: ServedCore): void {
  const unsubscribe = core.subscribe((event) => port.post({ event }));
  port.onClose(unsubscribe);
  port.onMessage((message) => {
    const parsed = callMessage.safeParse(message);
    if (parsed.success) void answer(port, core.dispatch, parsed.data);
  });
}

async function answer(port: Port, dispatch: Dispatch, { call, channel, input }: CallMessage): Promise<void> {
  const result = await dispatch(channel, input);
  wipeBytes(input);
  try {
    if (!result.ok) port.post({ answer: call, result });
    else giveAway(result.value, (value) => port.post({ answer: call, result: { ok: true, value } }));
  } catch {
    port.post({ answer: call, result: uncloneable });
  }
}

const uncloneable = failure({
  code: 'internal',
  message: 'Rondo made an answer that cannot leave its core. The act itself was done; look before repeating it.',
});
