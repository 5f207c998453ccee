import type { Decision, Guide, Receipt, Rotation, StepName } from '../../shared/contract/rotation.ts';
import { provesWorking } from '../../shared/proofs-of.ts';
import type { RotationRecord } from './rotation-record.ts';

/** What its view needs besides the record. */
export interface Beside {
  /** The last four characters of a token's value, where the vault knows them. */
  readonly tailOf: (token: string) => string | undefined;
  readonly expiresAtOf: (token: string) => string | undefined;
  readonly isTaken: boolean;
  readonly guide: Guide | undefined;
}

export function rotationView(record: RotationRecord, { tailOf, expiresAtOf, isTaken, guide }: Beside): Rotation {
  const receipt = receiptOf(record, tailOf);
  const decision = decisionOf(record);
  const expiresAt = record.replacement === undefined ? undefined : expiresAtOf(record.replacement);
  return {
    id: record.id,
    token: record.token,
    ...(record.replacement === undefined ? {} : { replacement: record.replacement }),
    mode: record.mode,
    retire: record.retire,
    ...(record.retireDueAt === undefined ? {} : { retireDueAt: record.retireDueAt }),
    guided: record.guided || record.byHand !== undefined,
    ...(record.byHand === undefined ? {} : { byHand: [...record.byHand] }),
    ...(guide === undefined ? {} : { guide }),
    state: record.state,
    steps: record.steps.map((step) => ({ ...step })),
    startedAt: record.startedAt,
    ...(record.finishedAt === undefined ? {} : { finishedAt: record.finishedAt }),
    ...(receipt === undefined ? provedSoFar(record) : { receipt }),
    ...(expiresAt === undefined || expiresAtOf(record.token) !== undefined ? {} : { newlyExpiresAt: expiresAt }),
    ...(record.error === undefined ? {} : { error: record.error }),
    ...(record.deletionLost === undefined || record.retiredAt !== undefined ? {} : { deletionLost: true }),
    ...(isTaken ? { taken: true } : {}),
    ...(decision === undefined ? {} : { decision }),
  };
}

function decisionOf({ state, restoredAt, attempt }: RotationRecord): Decision | undefined {
  if (state !== 'needs-attention') return undefined;
  if (restoredAt !== undefined) return 'restored';
  return attempt?.disputed === undefined ? undefined : 'candidates';
}

/**
 * Whoever has to decide about it, or has given it up, sees what is known. While it goes on its steps say so, but not
 * whether they rest on a person's word, or on a list alone.
 */
function provedSoFar({ state, steps, proofs }: RotationRecord): Pick<Rotation, 'proofs'> {
  const isDone = (name: StepName) => steps.some((step) => step.name === name && step.state === 'done');
  const isUntold = isDone('prove-new') && !provesWorking(proofs);
  const isAsked = isUntold || isDone('prove-old-gone') || state === 'needs-attention' || state === 'abandoned';
  return !isAsked || proofs.length === 0 ? {} : { proofs: proofs.map((proof) => ({ ...proof })) };
}

/** Only a finished rotation has one. */
function receiptOf(record: RotationRecord, tailOf: (token: string) => string | undefined): Receipt | undefined {
  if (record.state !== 'done' || record.replacement === undefined) return undefined;
  const oldTail = tailOf(record.token);
  const { createdAt, retiredAt, retireDueAt } = record;
  return {
    old: { id: record.token, ...(oldTail === undefined ? {} : { tail: oldTail }) },
    new: { id: record.replacement, tail: tailOf(record.replacement) ?? '' },
    proofs: record.proofs.map((proof) => ({ ...proof })),
    delivered: [],
    ...(createdAt === undefined || retiredAt === undefined || record.mode === 'cut-over'
      ? {}
      : // A clock that was set back meanwhile says nothing.
        { overlapMs: Math.max(0, Date.parse(retiredAt) - Date.parse(createdAt)) }),
    ...(retireDueAt === undefined || retiredAt === undefined
      ? {}
      : { retire: { dueAt: retireDueAt, doneAt: retiredAt } }),
  };
}
