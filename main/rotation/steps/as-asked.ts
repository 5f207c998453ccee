import { madeOtherwise } from '../../../shared/as-asked.ts';
import type { Place } from '../../circleci/circleci.ts';
import type { ListedFacts, ReadList, RotatedToken } from '../ports.ts';
import { isByHand } from '../waiting.ts';
import { needsAttention, oldTokenStands, replacementOf, type StepContext } from './step.ts';

/** @throws AppError needs-attention: Rondo neither goes over to a token that is not as asked nor deletes the old one for it */
export function requireAsAsked(context: StepContext, list: ReadList | undefined): void {
  const { world, record } = context;
  const fresh = world.tokens.get(world.session(), replacementOf(record));
  if (fresh === undefined) return;
  const listed = fresh.remoteId === undefined ? undefined : list?.factsOf(fresh.remoteId);
  const differences = differencesOf(context, fresh, listed);
  if (differences.length === 0) return;
  throw needsAttention(
    `CircleCI made the new token otherwise than asked: ${differences.join('; ')}. ${oldTokenStands(context)}`,
    record.retiredAt === undefined
      ? 'Give this rotation up, delete the new token, and rotate by hand.'
      : 'If it will do, take its value and give this rotation up. Otherwise delete it and make another by hand.',
  );
}

/** The new one is to do all that its user may: of the old one, no access level is known. */
export function isFull({ kind }: Place, { access }: { readonly access?: string }): boolean {
  return kind === 'personal' && access === undefined;
}

function differencesOf(
  { record }: StepContext,
  fresh: RotatedToken,
  listed: ListedFacts | undefined,
): readonly string[] {
  const { lifetimeMs, ...request } = record.request;
  const { createdAt, place } = record;
  // CircleCI's page has its own choice of times, and a person chose there.
  const isTimed = !isByHand(record, 'create') && lifetimeMs !== undefined && createdAt !== undefined;
  return madeOtherwise(
    {
      ...request,
      isFull: isFull(place, request),
      ...(isTimed ? { life: { fromMs: Date.parse(createdAt), lifetimeMs } } : {}),
    },
    {
      wireScope: listed?.wireScope ?? fresh.wireScope,
      access: listed?.access ?? fresh.access,
      expiresAt: listed?.expiresAt ?? fresh.expiresAt,
      tellsExpiry: listed?.tellsExpiry === true,
    },
  );
}
