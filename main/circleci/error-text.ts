import * as z from 'zod';
import { printable } from '../../shared/labels.ts';
import { jsonOf } from './json.ts';
import { latin1 } from './token-shape.ts';

const envelope = z.object({
  error: z.object({ title: z.string().optional(), detail: z.string().optional(), type: z.string().optional() }),
});
const messageBody = z.object({ message: z.string() });
const errorBody = z.object({ error: z.string() });

/** One line of a message; more is a page. */
const maxLength = 200;

/**
 * What a refusal says for people, in the order v3 envelope, `message`, `error`, plain text; a page of HTML says nothing.
 * Never branched on. SECURITY: a server may echo what it was sent, so the value itself and everything that is as long and
 * as random as one is blotted out.
 */
export function errorText(body: Uint8Array, token?: Uint8Array): string | undefined {
  const found = spoken(body)?.replace(/\s+/g, ' ').trim();
  if (found === undefined || found === '') return undefined;
  const value = token === undefined || token.length === 0 ? undefined : latin1(token);
  const withoutValue = value === undefined ? found : found.replaceAll(value, '…');
  const blotted = withoutValue.replace(/[\w-]+/g, (word) => (/\w{32}/.test(word) ? '…' : word));
  const characters = [...printable(blotted.slice(0, 4 * maxLength))];
  return characters.length <= maxLength ? characters.join('') : `${characters.slice(0, maxLength).join('')}…`;
}

function spoken(body: Uint8Array): string | undefined {
  const json = jsonOf(body);
  const v3 = envelope.safeParse(json);
  if (v3.success) {
    const { title, detail, type } = v3.data.error;
    return [title ?? type, detail].filter((part) => part !== undefined).join(': ');
  }
  const message = messageBody.safeParse(json);
  if (message.success) return message.data.message;
  const error = errorBody.safeParse(json);
  if (error.success) return error.data.error;
  if (json !== undefined) return undefined;
  const text = Buffer.from(body).toString('utf8');
  return /^\s*</.test(text) ? undefined : text;
}
