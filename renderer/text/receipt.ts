import type { Rotation } from '../../shared/contract/rotation.ts';
import { proofsOf, provesGone, provesListed, provesWorking } from '../../shared/proofs-of.ts';
import { dayAndTime, duration, exactTime, longDay } from './dates.ts';

export const provedBoth = 'Proved at both ends';

/** A finished rotation as plain text, for a ticket or a mail. No value, no more of one than its last four. */
export function receiptText(rotation: Rotation, label: string): string {
  const { receipt } = rotation;
  if (receipt === undefined) return '';
  const lines = [
    `Rondo receipt: ${label}`,
    `Begun ${longDay(rotation.startedAt)}, ${exactTime(rotation.startedAt)}; finished ${exactTime(rotation.finishedAt ?? rotation.startedAt)}`,
    `Old token ${receipt.old.tail ?? receipt.old.id.slice(0, 6)}, new token ${receipt.new.tail}`,
    ...(receipt.overlapMs === undefined ? [] : [`Both were there for ${duration(receipt.overlapMs)}`]),
    ...(receipt.retire === undefined
      ? []
      : [`Old one due ${dayAndTime(receipt.retire.dueAt)}, deleted ${dayAndTime(receipt.retire.doneAt)}`]),
    ...receipt.proofs.map(
      ({ what, asked, answered, at, ok }) =>
        `${ok ? '[x]' : '[ ]'} ${exactTime(at)} ${what}. Asked: ${asked}. Answered: ${answered}.`,
    ),
    ...(isProvedAtBothEnds(rotation) ? [provedBoth] : []),
  ];
  return lines.join('\n');
}

/** Both proofs were made: the new one answered, and the old one is gone. */
export function isProvedAtBothEnds({ receipt }: Rotation): boolean {
  return receipt !== undefined && provesWorking(receipt.proofs) && provesGone(receipt.proofs);
}

/** What a finished rotation has come to, in the words that its proofs allow. */
export function doneSays(rotation: Rotation): string {
  const proofs = proofsOf(rotation);
  const fresh = provesWorking(proofs)
    ? 'The new token works'
    : provesListed(proofs)
      ? 'The new token is listed'
      : 'The new token is there';
  const old = provesGone(proofs) ? 'the old one is gone' : 'the old one is deleted, as a person said';
  return `${fresh}, and ${old}.`;
}

/** How many of them hold; why the others do not, each says itself. */
export function proofsSaid(rotation: Rotation): string {
  const proofs = proofsOf(rotation);
  const ok = proofs.filter((proof) => proof.ok).length;
  const where = rotation.state === 'done' && ok < proofs.length ? '; see the steps' : '';
  return `${ok} of ${proofs.length} hold${where}`;
}
