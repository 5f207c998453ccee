import type { Rotation } from '../../shared/contract/rotation.ts';
import { dayAndTime, duration, exactTime, longDay } from './dates.ts';
import { rotationText } from './rotation.ts';

/** A finished rotation as plain text, for a ticket or a mail. No value, no more of one than its last four. */
export function receiptText(rotation: Rotation, label: string): string {
  const { receipt } = rotation;
  if (receipt === undefined) return '';
  const lines = [
    `Rondo receipt: ${label}`,
    `Begun ${longDay(rotation.startedAt)}, ${exactTime(rotation.startedAt)}; finished ${exactTime(rotation.finishedAt ?? rotation.startedAt)}`,
    `Old token ${receipt.old.tail ?? receipt.old.id.slice(0, 6)}, new token ${receipt.new.tail}`,
    ...(receipt.overlapMs === undefined ? [] : [`Both worked for ${duration(receipt.overlapMs)}`]),
    ...(receipt.retire === undefined
      ? []
      : [`Old one due ${dayAndTime(receipt.retire.dueAt)}, deleted ${dayAndTime(receipt.retire.doneAt)}`]),
    ...receipt.proofs.map(
      ({ what, asked, answered, at, ok }) =>
        `${ok ? '[x]' : '[ ]'} ${exactTime(at)} ${what}. Asked: ${asked}. Answered: ${answered}.`,
    ),
    ...(isProvedAtBothEnds(rotation) ? [rotationText.provedBoth] : []),
  ];
  return lines.join('\n');
}

/** Both proofs were made: the new one answered, and the old one is gone. */
export function isProvedAtBothEnds({ receipt }: Rotation): boolean {
  const proofs = receipt?.proofs ?? [];
  const holds = (what: string) => proofs.some((proof) => proof.ok && proof.what === what);
  return (
    holds('the new token works') && (holds('the old token is refused') || holds('the old token is not listed any more'))
  );
}
