import type { Danger } from '../../../shared/contract/job.ts';
import type { Token } from '../../../shared/contract/token.ts';

/** What the order looks at. */
export interface Endangered {
  readonly token: Pick<Token, 'id' | 'kind' | 'state' | 'scope' | 'access' | 'createdAt' | 'firstSeenAt'>;
  /** Its value is in this vault, or was taken from it at any time, or Rondo signs in with it. */
  readonly heldHere: boolean;
}

/** What a token lets its holder do, the most first. One whose power is not known may have all of it. */
const powers: readonly Danger[] = ['full', 'admin', 'unknown-power', 'write', 'read', 'status'];

const scopePowers = new Map<string, Danger>([
  ['status', 'status'],
  ['read-only', 'read'],
  ['admin', 'admin'],
]);
const accessPowers = new Map<string, Danger>([
  ['read', 'read'],
  ['write', 'write'],
  ['admin', 'admin'],
]);

/** Why a token is dangerous, the worst first: somebody has it, somebody may have it, what it lets them do. Pure. */
export function dangersOf({ token, heldHere }: Endangered): Danger[] {
  return [
    ...(token.state === 'leaked' ? ['leaked' as const] : []),
    ...(heldHere ? ['held-here' as const] : []),
    powerOf(token),
  ];
}

/**
 * The order of danger: what leaked, then what this machine held, then by power, then the oldest, whose value had the most
 * time to get about. The id decides between equals, so that the same choice has the same order each time. Pure.
 */
export function compareDanger(left: Endangered, right: Endangered): number {
  return (
    Number(right.token.state === 'leaked') - Number(left.token.state === 'leaked') ||
    Number(right.heldHere) - Number(left.heldHere) ||
    powers.indexOf(powerOf(left.token)) - powers.indexOf(powerOf(right.token)) ||
    bornAt(left) - bornAt(right) ||
    (left.token.id < right.token.id ? -1 : Number(left.token.id > right.token.id))
  );
}

function powerOf({ kind, scope, access }: Endangered['token']): Danger {
  // A personal token without an access level does all that its user may.
  if (kind === 'personal') return access === undefined ? 'full' : (accessPowers.get(access) ?? 'unknown-power');
  return scope === undefined ? 'unknown-power' : (scopePowers.get(scope) ?? 'unknown-power');
}

/** In milliseconds; of one whose host does not say, when it was first seen. */
function bornAt({ token }: Pick<Endangered, 'token'>): number {
  return Date.parse(token.createdAt ?? token.firstSeenAt);
}
