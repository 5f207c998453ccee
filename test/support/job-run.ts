import type { Job } from '../../shared/contract/job.ts';
import type { Token } from '../../shared/contract/token.ts';
import type { ConnectedCore } from './connected-core.ts';
import { expectOk } from './core-pieces.ts';

/** Starts a job over these tokens and waits until it no longer runs. */
export async function jobOver(
  { client }: Pick<ConnectedCore, 'client'>,
  tokens: readonly Pick<Token, 'id'>[],
  more: { readonly mode?: 'overlap' | 'cut-over'; readonly retire?: 'now' | 'taken' } = {},
): Promise<Job> {
  const ids = tokens.map(({ id }) => id);
  const confirm = more.mode === 'cut-over' ? { confirm: 'ROTATE' } : {};
  const { job } = expectOk(await client('job.start', { ids, ...more, ...confirm }));
  return waitFor({ client }, job);
}

export async function waitFor({ client }: Pick<ConnectedCore, 'client'>, { id }: Pick<Job, 'id'>): Promise<Job> {
  return expectOk(await client('job.wait', { id })).job;
}

/** What the job says of each of these tokens, by its label. */
export function statesOf(job: Job, tokens: readonly Token[]): Record<string, string> {
  const labels = new Map(tokens.map(({ id, label }) => [id, label]));
  return Object.fromEntries(job.items.map(({ token, state }) => [labels.get(token) ?? token, state]));
}
