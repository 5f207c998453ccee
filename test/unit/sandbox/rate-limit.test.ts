import { expect, test } from 'vitest';
import { openSandbox } from '../../support/open-sandbox.ts';

const me = 'GET /api/v2/me';

test('every answer under a limit says where it stands, in both families', async () => {
  await using opened = await openSandbox({ faults: ['rate-limit=9/s', 'rate-limit=2/s'] });
  const stands = async () => {
    const { headers } = await opened.ask(me);
    return ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'x-ratelimit-remaining-second'].map((name) =>
      Number(headers.get(name)),
    );
  };
  expect([await stands(), await stands(), await stands()]).toEqual([
    [2, 1, 1, 1],
    [2, 0, 1, 0],
    [2, 0, 1, 0],
  ]);
  opened.clock.advance(1_000);
  expect(await stands()).toEqual([2, 1, 1, 1]);
});

test('without a limit no answer speaks of one', async () => {
  await using opened = await openSandbox();
  const { headers } = await opened.ask(me);
  expect([headers.get('ratelimit-limit'), headers.get('x-ratelimit-reset')]).toEqual([null, null]);
});

test('an answer has the date of the clock that the sandbox goes by', async () => {
  await using opened = await openSandbox({});
  expect((await opened.ask(me)).headers.get('date')).toBe('Mon, 23 Nov 2026 08:00:00 GMT');
});

test.each(['rate-limit=1/s', `error=429@${me}#2`])(
  '%s says when to come back: seconds, a date, or not',
  async (fault) => {
    const retryAfter = async (faults: readonly string[]) => {
      await using opened = await openSandbox({ faults });
      await opened.ask(me);
      const { status, headers } = await opened.ask(me);
      return [status, headers.get('retry-after')];
    };
    expect(await retryAfter([fault])).toEqual([429, '1']);
    expect(await retryAfter([fault, 'retry-after=date'])).toEqual([429, 'Mon, 23 Nov 2026 08:00:01 GMT']);
    expect(await retryAfter(['retry-after=none', fault])).toEqual([429, null]);
  },
);
