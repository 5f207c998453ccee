import type { Inventory } from '../../../shared/contract/inventory.ts';
import { Empty, OnlyPast } from '../inventory/empty.tsx';

/** Home before the first token, and after the last. */
export function NoTokens({ inventory, headline }: { inventory: Inventory; headline: string }) {
  return (
    <div className="page home">
      <h1>{headline}</h1>
      {inventory.tokens.length === 0 ? <Empty hasAccount={inventory.accounts.length > 0} /> : <OnlyPast />}
    </div>
  );
}
