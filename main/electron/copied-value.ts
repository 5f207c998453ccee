import { badgeAround } from '../../shared/badge.ts';
import type { Input } from '../../shared/contract/kit.ts';
import type { Clipboard, windowCalls } from '../../shared/contract/window.ts';
import { AppError, answerOf } from '../app-error.ts';
import type { PortClient } from '../core-process/port-client.ts';
import type { ValueClipboard } from './clipboard.ts';

type Wanted = Input<(typeof windowCalls)['token.copy']>;

/** From the core straight to the clipboard, as it is or in the badge's address; the page learns neither. */
export async function copyValue(core: PortClient, clipboard: ValueClipboard, { id, as }: Wanted): Promise<Clipboard> {
  const around = as === 'badge' ? await badgeOf(core, id) : undefined;
  const { value } = answerOf(await core.client('token.take', { id }));
  return clipboard.copy(id, around === undefined ? value : put(around, value));
}

/** Overwrites `value`. */
function put({ before, after }: ReturnType<typeof badgeAround>, value: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const [head, tail] = [encoder.encode(before), encoder.encode(after)];
  const whole = new Uint8Array(head.length + value.length + tail.length);
  whole.set(head);
  whole.set(value, head.length);
  whole.set(tail, head.length + value.length);
  value.fill(0);
  return whole;
}

async function badgeOf(core: PortClient, id: string): Promise<ReturnType<typeof badgeAround>> {
  const { token } = answerOf(await core.client('token.show', { id }));
  const { project, scope } = token;
  if (project === undefined || scope !== 'status') {
    throw new AppError('unsupported', 'Only a Status token has a badge. Nothing was copied.');
  }
  const { accounts } = answerOf(await core.client('account.list', {}));
  const host = accounts.find((account) => account.id === token.account)?.host;
  // SECURITY: a badge on any other host would tell that host the value.
  if (host === undefined) {
    const message = "The token's account is not in the vault, so its host is not known. Nothing was copied.";
    throw new AppError('not-found', message, { hint: 'Copy the value itself.' });
  }
  return badgeAround(host, project);
}
