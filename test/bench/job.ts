import * as z from 'zod';
import type { RondoClient } from '../../shared/contract/contract.ts';
import type { Token } from '../../shared/contract/token.ts';
import { expectOk } from '../support/core-pieces.ts';
import { connect } from './connected.ts';
import type { Figure } from './measure.ts';

const perSecond = 20;
const state = z.object({
  requests: z.int(),
  limited: z.int(),
  tokens: z.array(z.object({ id: z.string() })),
});

/** The sandbox's own word. */
async function seen(url: string): Promise<z.output<typeof state>> {
  const answer = await fetch(new URL('/__sandbox/state', url));
  return state.parse(await answer.json());
}

/** Many tokens at once against a host that is slow and counts: does a job use what it may have, and no more? */
export async function measureJob(
  count: number,
  { deriveKeyWorkerUrl, sandboxWorkerUrl }: { readonly deriveKeyWorkerUrl: URL; readonly sandboxWorkerUrl: URL },
): Promise<Figure[]> {
  // Some of the sandbox's are a colleague's, whom nobody here has signed in.
  const apart = { workerUrl: sandboxWorkerUrl, tokens: 2 * count };
  await using connected = await connect(deriveKeyWorkerUrl, { apart });
  const { client, sandbox } = connected;
  const { tokens } = expectOk(await client('token.list', { state: 'active' }));
  const old = tokens.slice(0, count);
  const ids = old.map(({ id }) => id);
  if (ids.length !== count) throw new Error(`there are ${ids.length} tokens to replace, and not ${count}`);
  const faults = { add: ['latency=50', `rate-limit=${perSecond}/s`] };
  await fetch(new URL('/__sandbox/faults', sandbox.url), { method: 'POST', body: JSON.stringify(faults) });
  const before = await seen(sandbox.url);
  const startMs = performance.now();
  const { job } = expectOk(await client('job.start', { ids }));
  const ended = expectOk(await client('job.wait', { id: job.id })).job;
  const tookMs = performance.now() - startMs;
  if (ended.counts.done !== count) throw new Error(`${ended.counts.done} of ${count} were replaced`);
  const after = await seen(sandbox.url);
  await requireReplaced(client, old, after);
  const requests = after.requests - before.requests;
  const limited = after.limited - before.limited;
  const leastMs = (requests / perSecond) * 1_000;
  return [
    {
      name: `${ids.length} tokens in one job, ${perSecond} requests a second allowed, 50 ms each`,
      measured: `${(tookMs / 1_000).toFixed(0)} s for ${requests} requests; the limit allows ${(leastMs / 1_000).toFixed(0)} s`,
      ratio: tookMs / leastMs,
      aim: 'at most 1.3 of it',
      reached: tookMs / leastMs <= 1.3,
      isPromised: true,
    },
    {
      name: 'of these requests answered 429, per cent',
      measured: `${limited} of ${requests}`,
      ratio: (100 * limited) / requests,
      aim: 'at most 1',
      reached: limited * 100 <= requests,
      isPromised: true,
    },
  ];
}

/** Of each the old one is gone, and one new one is there. */
async function requireReplaced(
  client: RondoClient,
  old: readonly Token[],
  { tokens: there }: z.output<typeof state>,
): Promise<void> {
  const alive = new Set(there.map(({ id }) => id));
  const { tokens } = expectOk(await client('token.list', { state: 'active' }));
  const fresh = new Map(tokens.map(({ rotatedFrom, remoteId }) => [rotatedFrom, remoteId]));
  const isReplaced = ({ id, remoteId }: Token) => !alive.has(remoteId ?? '') && alive.has(fresh.get(id) ?? '');
  const others = old.filter((token) => !isReplaced(token));
  if (others.length > 0) throw new Error(`${others.length} of ${old.length} are not replaced, the sandbox says`);
}
