import type { ByHandAct, StepName } from '../../shared/contract/rotation.ts';
import { waitIsOver } from '../../shared/wait-over.ts';
import { isoInstant } from '../platform/clock.ts';
import { canSealAgain, hasLostValue } from './lost-value.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationContent, RotationRecord } from './rotation-record.ts';

/** Why a step does not begin yet. */
export interface Wait {
  readonly detail: string;
  /** It waits for a person to do this on CircleCI's page. */
  readonly act?: ByHandAct;
  readonly change?: Partial<RotationContent>;
}

export function isByHand({ byHand }: Pick<RotationRecord, 'byHand'>, name: StepName): boolean {
  return byHand?.includes(name) === true;
}

/** What the step waits for; undefined: it may begin. */
export function waitOf(world: RotationWorld, record: RotationRecord, name: StepName): Wait | undefined {
  const byHand = isByHand(record, name);
  switch (name) {
    case 'create':
      return byHand ? { act: 'create', detail: 'for the new token to be created by hand' } : undefined;
    case 'prove-new':
      return byHand ? { act: 'authorize', detail: 'for the new token to be authorized by hand' } : undefined;
    case 'retire-old':
      // There is nothing to wait for: entered, the step says so.
      if (hasLostValue(world, record)) return undefined;
      return (
        waitForTaking(world, record) ??
        waitForTime(world, record) ??
        (byHand ? { act: 'delete', detail: 'for the old token to be deleted by hand' } : undefined)
      );
    default:
      return undefined;
  }
}

/** The old token works until somebody has the new value: whoever uses it must be able to switch first. */
function waitForTaking(world: RotationWorld, record: RotationRecord): Wait | undefined {
  if (record.retire !== 'taken' || record.replacement === undefined) return undefined;
  const isTaken = world.tokens.get(world.session(), record.replacement)?.takenAt !== undefined;
  return isTaken ? undefined : { detail: 'for the new value to be taken' };
}

/** Counted from when the new token was proved: from then on whoever uses the old one can switch. */
function waitForTime(world: RotationWorld, record: RotationRecord): Wait | undefined {
  if (record.retireAfterMs === undefined) return undefined;
  const retireDueAt = record.retireDueAt ?? isoInstant(world.clock.now() + record.retireAfterMs);
  return isDueAt(world, retireDueAt) ? undefined : { detail: `until ${retireDueAt}`, change: { retireDueAt } };
}

/**
 * It waits for its time or for the new value to be taken, and that has come: it goes on, or waits for a person from now on.
 * Or nobody can take that value before somebody enters it.
 */
export function isDue(world: RotationWorld, record: RotationRecord): boolean {
  const { state, steps, restoredAt } = record;
  if (state !== 'waiting' || restoredAt !== undefined) return false;
  const waited = steps.find((step) => step.name === 'retire-old' && step.state === 'waiting');
  if (waited === undefined) return false;
  return canSealAgain(world, record) || waitOf(world, record, 'retire-old')?.detail !== waited.detail;
}

/** Whoever only looks is told so: the journal says what it was when somebody went on with it. */
export function withWaitOver(world: RotationWorld, record: RotationRecord): RotationRecord {
  const isOver = isDue(world, record) && waitOf(world, record, 'retire-old') === undefined;
  // Of a value that was lost meanwhile the step says so, and deletes nothing.
  if (!isOver || hasLostValue(world, record)) return record;
  const steps = record.steps.map((step) => (step.state === 'waiting' ? { ...step, detail: waitIsOver } : step));
  return { ...record, steps };
}

function isDueAt(world: RotationWorld, instant: string): boolean {
  return world.clock.now() >= Date.parse(instant);
}
