import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { calls } from '../../shared/contract/contract.ts';
import { secretBytes } from '../../shared/contract/kit.ts';
import type { Result } from '../../shared/contract/result.ts';
import { createTransportCore } from '../support/transport-core.ts';
import { type Reached, reachByChildProcess, reachByMessagePort } from '../support/transports.ts';

const ports = [
  { name: 'a message port', reach: () => reachByMessagePort(createTransportCore()) },
  { name: 'a child process', reach: () => reachByChildProcess('transport-child') },
];

let opened: Reached[] = [];
afterEach(async () => {
  await Promise.all(opened.map((reached) => reached.close()));
  opened = [];
});

function reached<T extends Reached>(one: T): T {
  opened.push(one);
  return one;
}

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

/** Inputs are made anew for each transport, because bytes are given away. */
const table: { name: string; channel: unknown; input: () => unknown; code?: string }[] = [
  { name: 'a good call', channel: 'text.double', input: () => ({ text: 'rondo, ключ, 🔑' }) },
  { name: 'bytes both ways', channel: 'bytes.reverse', input: () => ({ value: Uint8Array.of(1, 2, 3) }) },
  { name: 'no bytes', channel: 'bytes.reverse', input: () => ({ value: new Uint8Array() }) },
  { name: 'a buffer from the pool', channel: 'bytes.reverse', input: () => ({ value: Buffer.from('pool') }) },
  { name: 'a huge text', channel: 'text.double', input: () => ({ text: 'x'.repeat(4_000_000) }) },
  {
    name: 'too many bytes',
    channel: 'bytes.reverse',
    input: () => ({ value: new Uint8Array(5_000_000) }),
    code: 'invalid-input',
  },
  {
    name: 'many keys',
    channel: 'anything.keys',
    input: () => Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, n])),
  },
  { name: 'a deep input', channel: 'anything.keys', input: () => ({ deep: nested(1_000) }) },
  { name: 'a cyclic input', channel: 'anything.keys', input: () => cyclic },
  {
    name: 'dates, maps, big integers',
    channel: 'anything.keys',
    input: () => ({ a: new Date(0), b: new Map([[1, 2]]), c: 10n, d: undefined }),
  },
  {
    name: 'an own __proto__ key where keys are free',
    channel: 'anything.keys',
    input: () => JSON.parse('{"__proto__":{"polluted":true},"a":1}'),
  },
  {
    name: 'an own __proto__ key where keys are fixed',
    channel: 'text.double',
    input: () => JSON.parse('{"__proto__":{"x":1},"text":"a"}'),
    code: 'invalid-input',
  },
  {
    name: 'an own constructor key',
    channel: 'text.double',
    input: () => ({ text: 'a', constructor: 1 }),
    code: 'invalid-input',
  },
  { name: 'a wrong type', channel: 'text.double', input: () => ({ text: 7 }), code: 'invalid-input' },
  { name: 'a missing field', channel: 'text.double', input: () => ({}), code: 'invalid-input' },
  { name: 'a surplus field', channel: 'text.double', input: () => ({ text: 'a', more: 1 }), code: 'invalid-input' },
  {
    name: 'bytes where text belongs',
    channel: 'text.double',
    input: () => ({ text: Uint8Array.of(1) }),
    code: 'invalid-input',
  },
  {
    name: 'an array of numbers for bytes',
    channel: 'bytes.reverse',
    input: () => ({ value: [1, 2, 3] }),
    code: 'invalid-input',
  },
  ...[undefined, null, 7, 'text', [], true].map((input) => ({
    name: `the input ${JSON.stringify(input)}`,
    channel: 'text.double',
    input: () => input,
    code: 'invalid-input',
  })),
  ...[
    'nothing.known',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'text',
    'text.double ',
    'TEXT.DOUBLE',
  ].map((channel) => ({
    name: `the channel ${JSON.stringify(channel)}`,
    channel,
    input: () => ({}),
    code: 'invalid-input',
  })),
  ...[undefined, null, 7, 7n, true, {}, ['text.double'], new Date(0)].map((channel, index) => ({
    name: `a channel that is no text (${index})`,
    channel,
    input: () => ({ text: 'a' }),
    code: 'invalid-input',
  })),
  { name: 'an expected failure', channel: 'fail.expected', input: () => ({}), code: 'not-found' },
  { name: 'a bug', channel: 'fail.bug', input: () => ({}), code: 'internal' },
];

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

function codeOf(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.error.code;
}

describe.each(ports)('over $name', ({ reach }) => {
  test('every call is answered as it is without a port', async () => {
    const direct = createTransportCore();
    const far = reached(reach());
    for (const { name, channel, input, code } of table) {
      const expected = await direct.dispatch(channel, input());
      expect(codeOf(expected), name).toBe(code);
      expect(await far.dispatch(channel, input()), name).toStrictEqual(expected);
    }
  });

  test('calls under way at once each get their own answer', async () => {
    const far = reached(reach());
    const texts = Array.from({ length: 200 }, (_, number) => `${number} `);
    const results = await Promise.all(texts.map((text) => far.dispatch('text.double', { text })));
    expect(results).toStrictEqual(texts.map((text) => ({ ok: true, value: { text: text + text } })));
  });

  test('events arrive in order with growing revisions until the listener leaves', async () => {
    const far = reached(reach());
    const heard: unknown[] = [];
    const leave = far.subscribe((event) => heard.push(event));
    await far.dispatch('events.publish', { count: 500 });
    leave();
    leave();
    await far.dispatch('events.publish', { count: 1 });
    expect(heard).toStrictEqual(
      Array.from({ length: 500 }, (_, n) => ({ event: 'count.changed', revision: n + 1, value: { count: n + 1 } })),
    );
  });

  test('secret bytes are overwritten wherever they passed, and carry nothing of their surroundings', async () => {
    const far = reached(reach());
    const pool = new Uint8Array(64).fill(0xdd);
    const value = pool.subarray(10, 14);
    value.set([1, 2, 3, 4]);
    const result = await far.dispatch('bytes.reverse', { value });
    const { value: answered } = z
      .object({ value: z.instanceof(Uint8Array) })
      .parse(result.ok ? result.value : undefined);
    expect([...answered]).toEqual([4, 3, 2, 1]);
    expect([...new Uint8Array(answered.buffer)]).not.toContain(0xee);
    expect([...value]).toEqual([0, 0, 0, 0]);
    expect(pool[9]).toBe(0xdd);
    const left = await far.dispatch('bytes.left', {});
    expect(left).toMatchObject({ value: { received: '0,0,0,0', given: '0,0,0,0' } });
    expect(left).not.toMatchObject({ value: { around: expect.stringContaining(String(0xdd)) } });
  });

  test('what is no call, or no answer, is ignored', async () => {
    const far = reached(reach());
    const junk = [{}, [], { call: 'one' }, { call: -1, channel: 'text.double', input: {} }, { call: 0.5 }, new Map()];
    for (const message of [
      ...junk,
      { answer: 1 },
      { event: 7 },
      { event: { event: 'x' } },
      { call: 1, channel: 'a', input: 1, more: 1 },
    ]) {
      far.post(message);
      far.postBack?.(message);
    }
    far.postBack?.({ answer: 99, result: { ok: true, value: 1 } });
    expect(await far.dispatch('text.double', { text: 'a' })).toEqual({ ok: true, value: { text: 'aa' } });
  });

  test('an input or an answer that cannot be cloned is an error, and the next call works', async () => {
    const far = reached(reach());
    expect(codeOf(await far.dispatch('text.double', { text: () => 'a' }))).toBe('invalid-input');
    expect(codeOf(await far.dispatch('fail.uncloneable', {}))).toBe('internal');
    expect((await far.dispatch('text.double', { text: 'a' })).ok).toBe(true);
  });

  test('when the core ends, every open call and every later one is stopped', async () => {
    const far = reached(reach());
    await far.dispatch('text.double', { text: 'a' });
    const open = [far.dispatch('wait.forever', {}), far.dispatch('wait.forever', {})];
    far.end();
    expect((await Promise.all(open)).map(codeOf)).toEqual(['stopped', 'stopped']);
    expect(codeOf(await far.dispatch('text.double', { text: 'a' }))).toBe('stopped');
    // A message that was on its way when the other end closed: lost, but no error that would end this process.
    far.post({ call: 1, channel: 'text.double', input: {} });
    await new Promise((resolve) => setImmediate(resolve));
  });
});

test('an answer without the shape of a result is an error, not a call that hangs', async () => {
  const far = reached(reachByMessagePort(createTransportCore()));
  const open = far.dispatch('wait.forever', {});
  far.postBack?.({ answer: 1, result: { ok: false, error: { code: 'made-up', message: 'x' } } });
  expect(codeOf(await open)).toBe('internal');
});

test('bytes in the contract are fields of an input or an output, never deeper', () => {
  const depths: number[] = [];
  for (const spec of Object.values(calls)) {
    for (const schema of [spec.input, spec.output]) depths.push(...byteDepths(schema));
  }
  expect(new Set(depths)).toEqual(new Set([1]));
  expect(byteDepths(z.object({ a: z.array(z.object({ b: secretBytes })) }))).toEqual([3]);
});

/** How many objects and arrays lie around each place for bytes. */
function byteDepths(schema: z.ZodType, depth = 0): number[] {
  if (schema instanceof z.ZodCustom) return [depth];
  if (schema instanceof z.ZodObject)
    return Object.values(schema.shape).flatMap((field) => byteDepths(field as z.ZodType, depth + 1));
  if (schema instanceof z.ZodArray) return byteDepths(schema.element as z.ZodType, depth + 1);
  if (schema instanceof z.ZodExactOptional) return byteDepths(schema.unwrap() as z.ZodType, depth);
  return [];
}
