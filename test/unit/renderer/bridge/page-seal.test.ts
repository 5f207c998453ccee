import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { openingSeals } from '../../../../main/core-process/page-seal.ts';
import type { Dispatch } from '../../../../main/dispatch.ts';
import { createApi } from '../../../../renderer/bridge/api.ts';
import { sealToCore } from '../../../../renderer/bridge/page-seal.ts';
import { coreKeyChannel, type SealedOutput } from '../../../../shared/contract/page-seal.ts';
import { failure, success } from '../../../../shared/contract/result.ts';
import { expectOk } from '../../../support/core-pieces.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const value = 'CCIPAT_the-value';

/** What the core was asked, as it then was, and every message that passed between the page and it. */
let asked: { channel: unknown; input: unknown }[];
let lent: unknown[];
let passed: unknown[];

const inner: Dispatch = async (channel, input) => {
  asked.push(structuredClone({ channel, input }));
  lent.push(input);
  if (channel === 'refuse') return failure({ code: 'refused', message: 'No.' });
  return success({ value: utf8(value), id: 'one' });
};

beforeEach(() => {
  asked = [];
  lent = [];
  passed = [];
});

/** A page over a core, or over several that take each other's place with each message. */
function page(...cores: readonly Dispatch[]) {
  let number = 0;
  return createApi({
    async call(channel, input) {
      const core = cores[Math.min(number, cores.length - 1)] ?? inner;
      number += 1;
      const answer = await core(channel, structuredClone(input));
      passed.push(structuredClone({ channel, input, answer }));
      return structuredClone(answer);
    },
    subscribe: () => () => {},
  });
}

const core = () => openingSeals(inner);

/** Whether any byte array or string that passed holds it. */
function passedHolds(text: string): boolean {
  const holds = (part: unknown): boolean => {
    if (part instanceof Uint8Array) return Buffer.from(part).includes(text);
    if (typeof part === 'object' && part !== null) return Object.values(part).some(holds);
    return typeof part === 'string' && part.includes(text);
  };
  return passed.some(holds);
}

describe('what crosses between page and core', () => {
  test('is sealed on its way there: the core gets the bytes, nobody between them does', async () => {
    const password = utf8('correct horse');
    await page(core()).call('vault.unlock', { password });
    expect(asked).toEqual([{ channel: 'vault.unlock', input: { password: utf8('correct horse') } }]);
    expect(passed.map((message) => Reflect.get(message ?? {}, 'channel'))).toEqual([coreKeyChannel, 'vault.unlock']);
    expect(passedHolds('correct horse')).toBe(false);
    expect([...password], 'the page keeps nothing').toEqual(Array(13).fill(0));
    const [input] = lent;
    expect(Reflect.get(input ?? {}, 'password'), 'nor does the core').toEqual(new Uint8Array(13));
  });

  test('is sealed on its way back', async () => {
    const answer = expectOk(await page(core()).call('token.take', { id: 'abcdef' }));
    expect(answer).toEqual({ value: utf8(value), id: 'one' });
    expect(asked).toEqual([{ channel: 'token.take', input: { id: 'abcdef' } }]);
    expect(passedHolds(value)).toBe(false);
  });

  test('is a call like any other where there is no secret', async () => {
    await page(core()).call('token.list', {});
    expect(passed).toMatchObject([{ channel: 'token.list', input: {} }]);
  });

  test('says what the core refuses', async () => {
    const seal = await sealToCore(await keyOf(core()), 'refuse', { password: utf8('x') });
    expect(await openingSeals(inner)('refuse', seal.input)).toMatchObject({ ok: false, error: { code: 'stopped' } });
    const same = core();
    const known = await sealToCore(await keyOf(same), 'refuse', { password: utf8('x') });
    expect(await same('refuse', known.input)).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  test('does nothing when the core was replaced after the page asked for its key', async () => {
    const answer = await page(core(), core()).call('vault.unlock', { password: utf8('x') });
    expect(answer).toMatchObject({ ok: false, error: { code: 'stopped' } });
    expect(asked).toEqual([]);
  });

  test('opens only as it was sealed: not for another call or field, changed, or by another page', async () => {
    const same = core();
    const key = await keyOf(same);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat(7), async (bytes, at, bit) => {
        const { input, open } = await sealToCore(key, 'token.take', { secret: Uint8Array.from(bytes), id: 'one' });
        const { secret } = input.sealed;
        if (secret === undefined) throw new Error('the bytes were not sealed');
        expectOk(await same('token.take', input));
        expect(asked.at(-1)?.input).toEqual({ secret: bytes, id: 'one' });

        const flipped = Uint8Array.from(secret);
        const index = at % flipped.length;
        flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
        const refused = [
          same('token.taken', input),
          same('token.take', { ...input, sealed: { other: secret } }),
          same('token.take', { ...input, sealed: { secret: flipped } }),
          same('token.take', { ...input, from: (await sealToCore(key, 'token.take', {})).input.from }),
        ];
        const before = asked.length;
        for (const answer of await Promise.all(refused)) expect(answer).toMatchObject({ error: { code: 'stopped' } });
        expect(asked.length).toBe(before);

        const answer = expectOk(await same('token.take', input)) as SealedOutput;
        const other = await sealToCore(key, 'token.take', {});
        await expect(other.open(answer)).rejects.toThrow();
        await expect(
          open({ ...answer, sealed: { value: secret } }),
          'an answer is not what was asked',
        ).rejects.toThrow();
        expect(await open(answer)).toEqual({ value: utf8(value), id: 'one' });
      }),
      { numRuns: 40 },
    );
  });
});

async function keyOf(dispatch: Dispatch): Promise<Uint8Array<ArrayBuffer>> {
  const { publicKey } = expectOk(await dispatch(coreKeyChannel, {})) as { publicKey: Uint8Array<ArrayBuffer> };
  return publicKey;
}
