import { AppError } from '../app-error.ts';
import { tokenShape } from '../circleci/token-shape.ts';
import { isoInstant } from '../platform/clock.ts';
import { cleanPasted, invalid } from './pasted.ts';
import type { TokensWorld } from './ports.ts';
import { askByUse } from './proof.ts';
import { placeOf, type TokenRecord, tokenStore } from './token-store.ts';

/**
 * Keeps a value that belongs to a token which the vault knows. It is kept only if it answers as that token's user or on
 * that token's project, and as far as anything of the value is known (its id, its end, its fingerprint) as that very one.
 * @throws AppError invalid-input, not-found, ambiguous, and whatever asking CircleCI throws
 */
export async function adoptValue(world: TokensWorld, prefix: string, pasted: Uint8Array): Promise<TokenRecord> {
  const session = world.session();
  const token = tokenStore.resolve(session, prefix);
  const value = cleanPasted(pasted, token.kind);
  try {
    const isItsOwn = compare(world, token, value);
    await prove(world, token, { value, isItsOwn });
    const fingerprint = session.fingerprint(value);
    const { tail } = tokenShape(value);
    return session.write((transaction) => {
      const now = tokenStore.resolve(transaction, token.id);
      const record: TokenRecord = { heldAt: isoInstant(world.clock.now()), ...now, held: 'kept', tail, fingerprint };
      tokenStore.put(transaction, record, value);
      transaction.appendLog(world.witness({ action: 'token.adopted', subject: record.id }));
      return record;
    });
  } finally {
    value.fill(0);
  }
}

/** Whether what is known says that it is this token's value. @throws AppError invalid-input when it is another's */
function compare(world: TokensWorld, token: TokenRecord, value: Uint8Array): boolean {
  const session = world.session();
  const fingerprint = session.fingerprint(value);
  const { uuid, tail } = tokenShape(value);
  const tokens = tokenStore.list(session);
  const isAnothers = tokens.some(
    (other) =>
      other.id !== token.id && (other.fingerprint === fingerprint || (uuid !== undefined && other.remoteId === uuid)),
  );
  const differs =
    (token.fingerprint !== undefined && token.fingerprint !== fingerprint) ||
    (token.tail !== undefined && token.tail !== tail);
  if (isAnothers || differs) {
    throw invalid('That is the value of another token.', 'Compare its last four characters with those of the list.');
  }
  return (uuid !== undefined && token.remoteId === uuid) || token.fingerprint !== undefined || token.tail !== undefined;
}

async function prove(
  world: TokensWorld,
  token: TokenRecord,
  { value, isItsOwn }: { readonly value: Uint8Array; readonly isItsOwn: boolean },
): Promise<void> {
  const { userId } = world.accounts.of(token.account);
  const { wireScope } = token;
  const place = placeOf(token);
  const question = { place, userId, what: 'the value works', ...(wireScope === undefined ? {} : { wireScope }) };
  const { verdict, proof } = await world.accounts.withCaller(token.account, (caller) =>
    askByUse(world.circleci, world.clock, { ...question, caller: { ...caller, token: value } }),
  );
  if (verdict === 'works' || (verdict === 'cannot-tell' && isItsOwn)) return;
  const said = { refused: 'CircleCI refuses it', 'somebody-else': 'It belongs to another user' };
  const why =
    verdict === 'refused' || verdict === 'somebody-else' ? said[verdict] : 'Nothing proves that it is its value';
  throw new AppError('invalid-input', `${why} (${proof.asked}: ${proof.answered}). Nothing was kept.`, {
    hint: 'Give the value of this very token, or rotate it to get a new one.',
  });
}
