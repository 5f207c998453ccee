import type { RondoClient } from '../../shared/contract/contract.ts';
import { expectOk } from './core-pieces.ts';

/** What the app shows of a vault that was used for a while; no value is in it, only their ends. */
export async function usedContent(client: RondoClient) {
  const { tokens } = expectOk(await client('token.list', {}));
  const { accounts } = expectOk(await client('account.list', {}));
  const { rotations } = expectOk(await client('rotation.list', {}));
  const { jobs } = expectOk(await client('job.list', {}));
  const { entries } = expectOk(await client('audit.list', {}));
  return { tokens: inOrder(tokens), accounts, rotations: inOrder(rotations), jobs, entries };
}

/** Of equal times, as with a clock that stands still, lists have no order of their own. */
function inOrder<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => left.id.localeCompare(right.id));
}
