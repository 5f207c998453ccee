import type { Id } from '../../shared/ids.ts';
import type { TokensWorld } from './ports.ts';
import type { TokenRecord } from './token-store.ts';

type Known = Pick<TokenRecord, 'id' | 'account' | 'kind' | 'remoteId' | 'fingerprint'>;

/**
 * Whether this account signs in with this token; undefined: nothing tells. What another account of the same person has for
 * its own is told by the value alone.
 */
export function signsInWith({ accounts }: Pick<TokensWorld, 'accounts'>, account: Id, token: Known) {
  if (token.kind === 'project') return false;
  const known = accounts.present().find(({ id }) => id === account)?.signInToken;
  if (known === token.id) return true;
  const isOwn = token.account === account;
  if (known !== undefined && isOwn) return false;
  const { fingerprint, uuid } = accounts.signInShape(account) ?? {};
  // Another id inside the value is no reason to say no: not every host lists a token by that one.
  if (uuid !== undefined && uuid === token.remoteId) return true;
  const isTold = token.fingerprint !== undefined && fingerprint !== undefined;
  if (isTold) return token.fingerprint === fingerprint;
  return isOwn ? undefined : false;
}
