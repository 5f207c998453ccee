import { printable } from '../../../shared/labels.ts';
import type { ListedFacts, ReadList, RotatedToken } from '../ports.ts';
import { isByHand } from '../waiting.ts';
import { needsAttention, oldTokenStands, replacementOf, type StepContext } from './step.ts';

const dayMs = 86_400_000;

/**
 * CircleCI's names of these fields are known from its page only, and a host that does not know one ignores it: so what was
 * made is compared with what was asked for, as far as the list or the answer to the create says. What neither says is no
 * contradiction. @throws AppError needs-attention: Rondo neither goes over to such a token nor deletes the old one for it
 */
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

function differencesOf(
  { record }: StepContext,
  fresh: RotatedToken,
  listed: ListedFacts | undefined,
): readonly string[] {
  const { wireScope, access, lifetimeMs } = record.request;
  const expiresAt = listed?.expiresAt ?? fresh.expiresAt;
  return [
    ...otherwise('scope', wireScope, listed?.wireScope ?? fresh.wireScope),
    ...otherwise('access', access, listed?.access ?? fresh.access),
    // CircleCI's page has its own choice of times, and a person chose there.
    ...(isByHand(record, 'create') || lifetimeMs === undefined || record.createdAt === undefined
      ? []
      : otherExpiry(Date.parse(record.createdAt), lifetimeMs, { expiresAt, isTold: listed?.tellsExpiry === true })),
  ];
}

function otherwise(name: string, asked: string | undefined, made: string | undefined): readonly string[] {
  if (asked === undefined || made === undefined || asked === made) return [];
  return [`asked for the ${name} ${printable(asked)}, it has ${printable(made)}`];
}

/** A host may round to days or to the times that it offers: later is a longer risk, half the time is a surprise. */
function otherExpiry(
  createdMs: number,
  lifetimeMs: number,
  { expiresAt, isTold }: { readonly expiresAt: string | undefined; readonly isTold: boolean },
): readonly string[] {
  const asked = `asked to expire on ${new Date(createdMs + lifetimeMs).toISOString().slice(0, 10)}`;
  if (expiresAt === undefined) return isTold ? [`${asked}, it never does`] : [];
  const laterMs = Date.parse(expiresAt) - (createdMs + lifetimeMs);
  const isOtherwise = laterMs > dayMs || (-laterMs > dayMs && -laterMs > lifetimeMs / 2);
  return isOtherwise ? [`${asked}, it does on ${expiresAt.slice(0, 10)}`] : [];
}
