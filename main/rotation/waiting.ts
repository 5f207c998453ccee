import type { StepName } from '../../shared/contract/rotation.ts';
import { isoInstant } from '../platform/clock.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationContent, RotationRecord } from './rotation-record.ts';

/** Why a step does not begin yet. */
export interface Wait {
  readonly detail: string;
  readonly change?: Partial<RotationContent>;
}

/** What the step waits for; undefined: it may begin. */
export function waitOf(world: RotationWorld, record: RotationRecord, name: StepName): Wait | undefined {
  if (name !== 'retire-old') return undefined;
  return waitForTaking(world, record) ?? waitForTime(world, record);
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

/** It waits for nothing but its time, and that has come. */
export function isDue(world: RotationWorld, { state, retireDueAt, restoredAt }: RotationRecord): boolean {
  return state === 'waiting' && restoredAt === undefined && retireDueAt !== undefined && isDueAt(world, retireDueAt);
}

function isDueAt(world: RotationWorld, instant: string): boolean {
  return world.clock.now() >= Date.parse(instant);
}
