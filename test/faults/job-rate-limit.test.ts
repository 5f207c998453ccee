import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Job } from '../../shared/contract/job.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { waitFor } from '../support/job-run.ts';

const state = z.object({ requests: z.int(), limited: z.int() });

/** What the sandbox was asked since it was started, and how often it answered 429. */
async function seen({ sandbox }: ConnectedCore): Promise<z.output<typeof state>> {
  const response = await fetch(new URL('/__sandbox/state', sandbox.url));
  return state.parse(await response.json());
}

async function wholeJob(connected: ConnectedCore, mode: 'overlap' | 'cut-over' = 'overlap'): Promise<Job> {
  const filter = { kind: 'project', state: 'active' } as const;
  const { client } = connected;
  const { job } = expectOk(await client('job.start', { ids: [], filter, mode, confirm: 'ROTATE' }));
  return waitFor(connected, job);
}

describe('a job against a rate limit', () => {
  test('that is told with every answer keeps to it: nothing is refused, and the limit is used', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ tokens: 60, clock });
    await connected.faults({ add: ['rate-limit=20/s'] });
    const before = await seen(connected);
    const startMs = clock.now();
    const job = await wholeJob(connected);
    expect(job.counts.done).toBe(job.total);
    const after = await seen(connected);
    const requests = after.requests - before.requests;
    expect((after.limited - before.limited) / requests).toBeLessThanOrEqual(0.01);
    expect(clock.now() - startMs).toBeLessThanOrEqual((1.3 * 1_000 * requests) / 20);
  });

  test('that no answer names is met by a hundredth of the requests at most, and every token is replaced', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ tokens: 60, clock });
    const seen = { requests: 0, limited: 0 };
    let window = { fromMs: 0, count: 0 };
    connected.between.twist = (_asked, ask) => {
      clock.advance(10);
      if (clock.now() - window.fromMs >= 1_000) window = { fromMs: clock.now(), count: 0 };
      window.count += 1;
      seen.requests += 1;
      if (window.count <= 20) return ask();
      seen.limited += 1;
      return { status: 429, body: '{}', headers: { 'retry-after': '1' } };
    };
    const job = await wholeJob(connected);
    expect(job.counts.done).toBe(job.total);
    expect(seen.requests).toBeGreaterThan(250);
    expect(seen.limited).toBeGreaterThan(0);
    expect(seen.limited / seen.requests).toBeLessThanOrEqual(0.01);
  });

  test('a host that is away, and says for how long (503), is left alone as well', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ tokens: 60, clock });
    const limit = limitedFrom(connected, clock, { request: 40, seconds: 600, status: 503 });
    const job = await wholeJob(connected);
    expect(job.state).toBe('done');
    expect(limit.limited).toBeLessThanOrEqual(6);
    expect(job.counts.done).toBeGreaterThanOrEqual(job.total - limit.limited);
    const { client } = connected;
    expectOk(await client('job.retry', { id: job.id }));
    expect((await waitFor(connected, job)).counts.done).toBe(job.total);
  });

  test.each(['seconds', 'date', 'none'] as const)(
    'that comes in the middle, with Retry-After as %s, waits as long as was asked, and every token is replaced',
    async (form) => {
      const clock = fakeClock();
      await using connected = await connectedCore({ clock });
      const { between } = connected;
      const before = connected.alive().size;
      let asked = 0;
      between.twist = (_asked, ask) => {
        asked += 1;
        if (asked < 40 || asked > 45) return ask();
        return { status: 429, body: '{}', headers: retryAfter(form, clock.now()) };
      };
      const job = await wholeJob(connected);
      expect(job).toMatchObject({ state: 'done', counts: { done: job.total } });
      expect(connected.alive().size).toBe(before);
      if (form !== 'none') expect(clock.sleeps.some((durationMs) => durationMs > 4_000)).toBe(true);
    },
  );

  test.each([90, 600])(
    'that asks for %i seconds is left alone meanwhile, and then every token is replaced',
    async (seconds) => {
      const clock = fakeClock();
      await using connected = await connectedCore({ tokens: 60, clock });
      const before = connected.alive().size;
      const limit = limitedFrom(connected, clock, { request: 40, seconds });
      const job = await wholeJob(connected);
      expect(job).toMatchObject({ state: 'done', counts: { done: job.total } });
      expect(connected.alive().size).toBe(before);
      // What was under way when the limit came cannot be taken back: six at once.
      expect(limit.limited).toBeLessThanOrEqual(6);
      expect(job.items.filter(({ error }) => error !== undefined)).toEqual([]);
    },
  );

  test('that stays, whatever it asks for, pauses the job after a few tokens', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    const limit = limitedFrom(connected, clock, { request: 1, seconds: 600, lasts: true });
    const job = await wholeJob(connected);
    expect(job).toMatchObject({ state: 'paused', error: { code: 'rate-limited' } });
    expect(job.counts.pending).toBeGreaterThan(0);
    expect(limit.limited).toBeLessThanOrEqual(30);
  });

  test('during a long pause of the host the job says until when, and stopping it need not wait for the host', async () => {
    const moving = fakeClock();
    const resting = Promise.withResolvers<void>();
    let stands = false;
    const clock: FakeClock = {
      ...moving,
      async sleep(durationMs, signal) {
        if (!stands) return moving.sleep(durationMs, signal);
        // Whatever ends now does not end because the pause is over.
        resting.resolve();
        await new Promise((resolve) => setImmediate(resolve));
        return signal?.throwIfAborted();
      },
    };
    await using connected = await connectedCore({ clock });
    const { client } = connected;
    stands = true;
    limitedFrom(connected, clock, { request: 20, seconds: 600 });
    const filter = { kind: 'project', state: 'active' } as const;
    const { job } = expectOk(await client('job.start', { ids: [], filter }));
    await resting.promise;
    const until = new Date(clock.now() + 600_000).toISOString();
    expect(expectOk(await client('job.show', { id: job.id })).job).toMatchObject({
      state: 'running',
      hostPause: { host: connected.between.url, until },
    });
    expectOk(await client('job.stop', { id: job.id }));
    const ended = await waitFor(connected, job);
    expect(ended.state).toBe('stopped');
    const sent = connected.between.asked.length;
    const left = ended.items.find(({ state }) => state === 'left');
    const rotation = await connected.rotate({ id: left?.token ?? '' });
    expect(rotation).toMatchObject({ state: 'failed', error: { code: 'rate-limited' } });
    expect(rotation.error?.message).toContain(until);
    expect(connected.between.asked.length).toBe(sent);
  });

  test('that hits creates, which are sent once, begins those tokens again, also in cut-over', async () => {
    await using connected = await connectedCore();
    const { between } = connected;
    const before = connected.alive().size;
    const refused = new Set<string>();
    between.twist = ({ method, path }, ask) => {
      if (method !== 'POST' || refused.has(path)) return ask();
      refused.add(path);
      return { status: 429, body: '{}', headers: { 'retry-after': '3' } };
    };
    const job = await wholeJob(connected, 'cut-over');
    expect(refused.size).toBeGreaterThan(2);
    expect(job).toMatchObject({ state: 'done', counts: { done: job.total } });
    expect(connected.alive().size).toBe(before);
  });

  test('is told while it lasts: which host, and until when', async () => {
    const still = fakeClock();
    const over = Promise.withResolvers<void>();
    const asleep = Promise.withResolvers<void>();
    const clock: FakeClock = {
      ...still,
      async sleep(durationMs, signal) {
        if (durationMs < 20_000) return still.sleep(durationMs, signal);
        asleep.resolve();
        await over.promise;
        return still.sleep(durationMs, signal);
      },
    };
    await using connected = await connectedCore({ clock });
    const { between, client } = connected;
    let asked = 0;
    between.twist = (_asked, ask) => {
      asked += 1;
      return asked === 20 ? { status: 429, body: '{}', headers: { 'retry-after': '30' } } : ask();
    };
    const whole = wholeJob(connected);
    await asleep.promise;
    const [head] = expectOk(await client('job.list', {})).jobs;
    const { host, until } = head?.hostPause ?? { host: '', until: '' };
    expect(host).toBe(between.url);
    expect(Date.parse(until) - still.now()).toBe(30_000);
    over.resolve();
    expect((await whole).hostPause).toBeUndefined();
  });
});

interface Limited {
  readonly request: number;
  readonly seconds: number;
  readonly lasts?: boolean;
  readonly status?: 429 | 503;
}

/** From this request on the host answers 429 for so long, or `lasts` for ever. */
function limitedFrom(
  { between }: ConnectedCore,
  clock: Pick<FakeClock, 'now'>,
  { request, seconds, lasts = false, status = 429 }: Limited,
): { readonly limited: number } {
  const seen = { limited: 0 };
  let asked = 0;
  let fromMs = 0;
  between.twist = (_asked, ask) => {
    asked += 1;
    if (asked < request) return ask();
    if (asked === request) fromMs = clock.now();
    const leftMs = lasts ? seconds * 1_000 : fromMs + seconds * 1_000 - clock.now();
    if (leftMs <= 0) return ask();
    seen.limited += 1;
    return { status, body: '{}', headers: { 'retry-after': String(Math.ceil(leftMs / 1_000)) } };
  };
  return seen;
}

/** The clock of the test moves on only when somebody sleeps. A date has whole seconds. */
function retryAfter(form: 'seconds' | 'date' | 'none', nowMs: number): Record<string, string> {
  if (form === 'none') return {};
  if (form === 'seconds') return { 'retry-after': '5' };
  return { date: new Date(nowMs).toUTCString(), 'retry-after': new Date(nowMs + 6_000).toUTCString() };
}
