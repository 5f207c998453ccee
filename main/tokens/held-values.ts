import { AppError } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import type { TokensWorld } from './ports.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

/**
 * Taking has two halves, so that a crash between them shows a value twice and never not at all: `lend` gives a copy and
 * changes nothing; `forget` is called when the copy has reached its reader, and only then the vault lets go.
 */
export function lend(world: TokensWorld, prefix: string): Uint8Array {
  const session = world.session();
  const token = tokenStore.resolve(session, prefix);
  const value = token.held === 'none' ? undefined : session.withSecret(token.id, (secret) => new Uint8Array(secret));
  if (value === undefined) throw nothingHeld(token);
  return value;
}

function nothingHeld({ takenAt, fingerprint }: TokenRecord): AppError {
  // What a list showed in clear has a fingerprint as well.
  const untaken =
    fingerprint === undefined
      ? 'The vault never held it.'
      : 'Nobody took it from here: the vault never held it, or a restored backup or a repair is without it.';
  const taken = takenAt === undefined ? untaken : `It was taken at ${takenAt}.`;
  return new AppError('not-found', `The vault holds no value of this token. ${taken}`, {
    effect: 'nothing-changed',
    hint: 'Rotate the token to get a new value.',
    details: takenAt === undefined ? {} : { takenAt },
  });
}

/** Kept values stay; a value that an open rotation still has to prove stays until that ends. @throws AppError not-found */
export function forget(world: TokensWorld, prefix: string): TokenRecord {
  const session = world.session();
  return session.write((transaction) => {
    const token = tokenStore.resolve(transaction, prefix);
    if (token.held === 'none') throw nothingHeld(token);
    const taken = { ...token, takenAt: isoInstant(world.clock.now()) };
    const stays = token.held === 'kept' || world.rotations.isOpenFor(transaction, token.id);
    const record: TokenRecord = stays ? taken : { ...taken, held: 'none' };
    tokenStore.put(transaction, record, stays ? 'same' : 'none');
    transaction.appendLog(world.witness({ action: 'token.taken', subject: token.id }));
    return record;
  });
}

export interface Edit {
  readonly owner?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly leaked?: true;
}

/** What only the vault knows. An empty owner or note is none. */
export function editToken(world: TokensWorld, prefix: string, edit: Edit): TokenRecord {
  const session = world.session();
  return session.write((transaction) => {
    const token = tokenStore.resolve(transaction, prefix);
    const { owner: ownerBefore, note: noteBefore, ...rest } = token;
    const owner = edit.owner ?? ownerBefore;
    const note = edit.note ?? noteBefore;
    const record: TokenRecord = {
      ...rest,
      tags: [...new Set(edit.tags ?? token.tags)],
      ...(owner ? { owner } : {}),
      ...(note ? { note } : {}),
      ...(edit.leaked ? { leakedAt: token.leakedAt ?? isoInstant(world.clock.now()) } : {}),
    };
    tokenStore.put(transaction, record, 'same');
    transaction.appendLog(world.witness({ action: 'token.edited', subject: token.id }));
    return record;
  });
}
