import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import { hadValue, withoutKnownValues } from './known-values.ts';
import { keyOf, type ListedPlace, type ListedToken } from './merge.ts';
import { newRowOf } from './pasted.ts';
import { tokensAt } from './place-merge.ts';
import type { TokensWorld } from './ports.ts';
import { placeOf, tokenStore } from './token-store.ts';

/**
 * An answer to a create may lack the id that the list gives its token. Without it the next list would show a stranger and
 * miss ours, so the row is looked for as that of a token that was made by hand is. Undefined: none is certainly its own.
 */
export function ownRow(
  world: Pick<TokensWorld, 'session' | 'accounts'>,
  list: ListedPlace,
  { id, before }: { readonly id: Id; readonly before: readonly string[] },
): ListedToken | undefined {
  const session = world.session();
  const token = tokenStore.get(session, id);
  const { fingerprint, label, wireScope, access } = token ?? {};
  if (token === undefined || token.remoteId !== undefined || fingerprint === undefined) return undefined;
  const wanted = {
    fingerprint,
    label: label ?? '',
    before,
    ...(wireScope === undefined ? {} : { wireScope }),
    ...(access === undefined ? {} : { access }),
  };
  const others = withoutKnownValues(world, list);
  try {
    const found = session.withSecret(id, (value) => newRowOf(others, { ...wanted, value }));
    return found?.isItsOwn === true && found.row.remoteId !== undefined ? found.row : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** From now on the list tells of it by its id. A row that a sync has added of it in the meantime was no other token. */
export function takeOwnRow(transaction: VaultTransaction, id: Id, row: ListedToken): void {
  const token = tokenStore.get(transaction, id);
  if (token === undefined) throw new Error('a token that was made is not in the vault');
  for (const twin of tokensAt(transaction, { account: token.account, place: placeOf(token) })) {
    if (twin.id !== id && keyOf(twin) === keyOf(row) && !hadValue(twin)) transaction.removeRecord(twin.id);
  }
  const { goneAt: _unlisted, ...present } = token;
  tokenStore.put(transaction, { ...present, ...row }, 'same');
}
