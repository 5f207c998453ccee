import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { AppError } from '../../../main/app-error.ts';
import { createDispatch } from '../../../main/dispatch.ts';
import { call, nothing } from '../../../shared/contract/kit.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

const secret = 'CCIPAT_a-value-that-must-not-cross';
const calls = {
  greet: call(z.strictObject({ name: z.string().max(5), age: z.int().exactOptional() }), z.string()),
  fail: call(nothing, nothing),
  lie: call(nothing, nothing),
  breaks: call(nothing, nothing),
};

function dispatchWith(bugs: unknown[]) {
  return createDispatch(
    calls,
    {
      greet: ({ name }) => `hello ${name}`,
      fail: async () => {
        throw new AppError('forbidden', 'CircleCI said no.', {
          hint: 'Ask.',
          details: { status: 403 },
          cause: new Error(secret),
        });
      },
      lie: () => {
        throw new TypeError(`cannot read ${secret}`, { cause: new Error(secret) });
      },
      breaks: () => Promise.reject(secret),
    },
    {
      bug(error) {
        bugs.push(error);
        return 'c0ffee';
      },
    },
  );
}

describe('an answer', () => {
  test('is what the handler says', async () => {
    expect(expectOk(await dispatchWith([])('greet', { name: 'Ada' }))).toBe('hello Ada');
  });

  test('of an expected failure has its code, message, hint and details, and not its cause', async () => {
    const bugs: unknown[] = [];
    const answer = await dispatchWith(bugs)('fail', {});
    expect(answer).toEqual({
      ok: false,
      error: { code: 'forbidden', message: 'CircleCI said no.', hint: 'Ask.', details: { status: 403 } },
    });
    expect(bugs).toEqual([]);
  });

  test.each(['lie', 'breaks'])('of a bug (%s) has a log id and never its message', async (channel) => {
    const bugs: unknown[] = [];
    const answer = await dispatchWith(bugs)(channel, {});
    expect(expectFailure(answer)).toMatchObject({ code: 'internal', details: { logId: 'c0ffee' } });
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(expectFailure(answer).message).toContain('c0ffee');
    expect(bugs).toHaveLength(1);
  });

  test('to a wrong input names the fields and never echoes what came in', async () => {
    const bugs: unknown[] = [];
    const dispatch = dispatchWith(bugs);
    for (const input of [
      { name: secret },
      { name: 'Ada', age: secret },
      { name: 'Ada', [secret]: 1 },
      secret,
      undefined,
      [secret],
    ]) {
      const answer = await dispatch('greet', input);
      expect(expectFailure(answer).code).toBe('invalid-input');
      expect(JSON.stringify(answer)).not.toContain(secret);
    }
    const several = expectFailure(await dispatch('greet', { name: 7, age: 'old' })).message;
    expect(several).toMatch(/^name: .*; age: .*\. Nothing was done\.$/);
    expect(expectFailure(await dispatch('greet', { name: 'Ada', more: 1 })).message).toBe(
      'has an unknown field. Nothing was done.',
    );
    expect(bugs).toEqual([]);
  });
});
