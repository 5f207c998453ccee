import type { Step, StepName } from '../../shared/contract/rotation.ts';
import { oldTokenFate } from '../../shared/old-token-fate.ts';
import { AppError } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import { type Answer, asItWaited, handedOver, isHandedOver, withRouteAgain } from './by-hand.ts';
import { failureOf, hadNoEffect } from './failure.ts';
import { sealAgain } from './lost-value.ts';
import { lacksDestination, withDeliveryAgain } from './own-sign-in.ts';
import { nextStep, withStep } from './plan.ts';
import type { RotationWorld } from './ports.ts';
import { withProofAgain, withProofs } from './prove-again.ts';
import type { RotationRecord } from './rotation-record.ts';
import { closeRotation, saveRotation } from './rotation-store.ts';
import { journalOf } from './step-journal.ts';
import { runStep } from './steps/run-step.ts';
import { type StepResult, stopped } from './steps/step.ts';
import { waitOf } from './waiting.ts';

const acted: ReadonlySet<StepName> = new Set(['create', 'retire-old']);

export interface Run {
  /** Written together with the first line. */
  readonly begin?: (transaction: VaultTransaction) => void;
  /** What a person did by hand: the step that waits for it is done with it. */
  readonly answer?: Answer;
  /** Whoever began it has asked who the account is. */
  readonly isIdentified?: true;
}

/**
 * Runs a rotation from its first unfinished step to its end, or from the proof of the new token where that may be over
 * (prove-again). One durable transaction ends each step: it says what the
 * step has done, everything that it made true, and that the next one runs. So before any outside act the journal says
 * that it may happen, and every step can be entered again: plan, prove-new and prove-old-gone only read; create writes
 * one more line before it sends, and is settled first (tokens/creation); retire-old takes "gone already" for done,
 * and is done again where its yes was untrue;
 * deliver writes one line more, that the account has switched, and proves it first when it is entered again.
 * A step that a person did only reads as well: until it holds nothing is written, and the rotation waits as before.
 * @throws AppError stopped; with an answer whatever that step fails with
 */
export async function runRotation(world: RotationWorld, open: RotationRecord, run: Run = {}): Promise<RotationRecord> {
  world.running.add(open.id);
  try {
    return await runSteps(world, open, run);
  } finally {
    world.running.delete(open.id);
  }
}

async function runSteps(
  world: RotationWorld,
  open: RotationRecord,
  { begin = () => {}, answer, isIdentified }: Run,
): Promise<RotationRecord> {
  const { error: _earlier, restoredAt: _restored, ...rest } = open;
  const resumed: RotationRecord = oldTokenFate(open) === 'unclear' ? { ...rest, deletionLost: true } : rest;
  let record: RotationRecord = resumed;
  sealAgain(world, resumed);
  let isBegun = false;
  const by = {
    world,
    begins: () => {
      isBegun = true;
    },
    journal: journalOf(
      world,
      () => record,
      (saved) => {
        record = saved;
      },
    ),
  };
  let isEntry = true;
  const step = async (name: StepName, told?: Answer) => {
    const entering = { record, name, isEntry, isIdentified: isIdentified === true || !isEntry };
    isEntry = false;
    isBegun = false;
    return runStep(by, entering, told);
  };
  const waiting = nextStep(open);
  if (answer !== undefined && waiting !== undefined) {
    // A step that is entered by an answer is one that is done by hand, also where that was not planned. To look is none.
    record = acted.has(waiting) ? handedOver(resumed, waiting) : resumed;
    const result = await step(waiting, answer);
    record = endStep(world, record, waiting, result);
  } else {
    const looked = reviewed(world, resumed);
    if (nextStep(looked) === 'retire-old') await untilFirstMayGo(world, looked);
    const entered = enterNext(world, looked);
    if (entered.state === 'waiting' && open.state === 'waiting' && waitsAlike(entered, open)) return open;
    record = saveRotation(world, entered, pointOf(entered), (transaction) => {
      begin(transaction);
      return undefined;
    });
  }
  for (let name = nextStep(record); name !== undefined && record.state === 'running'; name = nextStep(record)) {
    if (world.stopping(record)) throw stopped();
    try {
      const result = await step(name);
      if (name === 'plan' || result.deletesAgain) await untilFirstMayGo(world, record);
      record = endStep(world, record, name, result);
    } catch (error) {
      return interrupt(world, { record, name, isBegun }, error);
    }
  }
  return record;
}

/** Before the journal says that the old token may be deleted: of one that is not touched that would be untrue. */
async function untilFirstMayGo({ mayDelete }: RotationWorld, record: RotationRecord): Promise<void> {
  if (record.mode === 'cut-over') await mayDelete?.(record);
}

/** What was done before may have to be done again: the world went on while the rotation waited. */
function reviewed(world: RotationWorld, record: RotationRecord): RotationRecord {
  return withProofAgain(world, withDeliveryAgain(world, withRouteAgain(world, record)));
}

/** The next step runs, or waits, or there is none: then the rotation is done. */
function enterNext(world: RotationWorld, record: RotationRecord): RotationRecord {
  const name = nextStep(record);
  const at = now(world);
  if (name === undefined) return { ...record, state: 'done', finishedAt: at };
  if (name === 'deliver' && lacksDestination(world, record)) {
    return enterNext(world, withStep(record, { name, state: 'skipped', at, detail: 'no destinations' }));
  }
  const wait = waitOf(world, record, name);
  if (wait !== undefined) {
    const { detail, change } = wait;
    return withStep({ ...record, ...change, state: 'waiting' }, { name, state: 'waiting', at, detail });
  }
  return withStep({ ...record, state: 'running' }, { name, state: 'running', at });
}

function endStep(world: RotationWorld, record: RotationRecord, name: StepName, result: StepResult): RotationRecord {
  const { attempt: _settled, waited, ...rest } = record;
  // What waited for a person comes after the plan, and is done now.
  const still = name === 'plan' && waited !== undefined ? { waited } : {};
  const changed = { ...rest, ...still, ...result.change, proofs: withProofs(record.proofs, result.proofs ?? []) };
  if (result.needsPerson) return handOver(world, changed, name);
  if (result.deletesAgain) return deleteAgain(world, changed);
  const step: Step = { name, state: 'done', at: now(world), detail: result.detail };
  const next = enterNext(world, withStep(changed, step));
  if (next.state !== 'done') return saveRotation(world, next, pointOf(next), result.also);
  return closeRotation(world, next, (transaction) => {
    result.also?.(transaction);
    retire(world, next, transaction);
  });
}

/** From now on this step waits for a person. */
function handOver(world: RotationWorld, record: RotationRecord, name: StepName): RotationRecord {
  return saveRotation(world, enterNext(world, handedOver(record, name)), `${name} by hand`);
}

/** As whoever enters it before the deletion does: in overlap the new token is proved first. */
function deleteAgain(world: RotationWorld, { retiredAt: _untrue, ...record }: RotationRecord): RotationRecord {
  const pending = (['retire-old', 'prove-old-gone'] as const).reduce<RotationRecord>(
    (open, name) => withStep(open, { name, state: 'pending' }),
    { ...record, deletionLost: true },
  );
  const next = enterNext(world, reviewed(world, pending));
  return saveRotation(world, next, pointOf(next));
}

function retire(world: RotationWorld, { token, replacement }: RotationRecord, transaction: VaultTransaction): void {
  if (replacement === undefined) throw new Error('a rotation ended without a replacement');
  world.tokens.retire(transaction, token, replacement);
  transaction.appendLog(
    world.witness({ action: 'token.rotated', subject: token, detail: `replaced by ${replacement}` }),
  );
}

interface Failing {
  readonly record: RotationRecord;
  readonly name: StepName;
  readonly isBegun: boolean;
}

/**
 * An expected failure: before the first effect it ends the rotation, unless it waited for a person before Rondo tried again;
 * later it waits for a person. Bugs go up.
 */
function interrupt(world: RotationWorld, { record, name, isBegun }: Failing, error: unknown): RotationRecord {
  if (!(error instanceof AppError) || error.code === 'stopped') throw error;
  const { code } = error;
  const failure = failureOf(record, error);
  if (isHandedOver(world, record, name, error)) {
    // That a host lacks a route is no news; that a role does can be mended, so it is said.
    return handOver(world, code === 'unsupported' ? record : { ...record, error: failure }, name);
  }
  // Nobody has asked CircleCI for anything: above all no deletion may have been carried out.
  const waited = isBegun ? undefined : asItWaited(record, code);
  if (waited !== undefined) return saveRotation(world, { ...waited, error: failure }, pointOf(waited));
  const failed = withStep(
    { ...record, error: failure },
    { name, state: 'failed', at: now(world), detail: failure.message },
  );
  const act = { subject: record.token, outcome: 'failed', detail: code } as const;
  if (hadNoEffect(record, name, code)) {
    const again = asItWaited(record, code);
    if (again !== undefined) return saveRotation(world, { ...again, error: failure }, pointOf(again));
    return closeRotation(world, { ...failed, state: 'failed', finishedAt: now(world) }, (transaction) => {
      transaction.appendLog(world.witness({ action: 'rotation.failed', ...act }));
    });
  }
  return saveRotation(world, { ...failed, state: 'needs-attention' }, `${name} failed`, (transaction) => {
    transaction.appendLog(world.witness({ action: 'rotation.needs-attention', ...act }));
    return undefined;
  });
}

/** It waits for the same as before, so there is nothing to write. */
function waitsAlike(left: RotationRecord, right: RotationRecord): boolean {
  const details = [left, right].map(({ steps }) => steps.find(({ state }) => state === 'waiting')?.detail);
  return details[0] === details[1];
}

/** The stable name of the write that makes the next step run or wait. */
function pointOf(record: RotationRecord): string {
  return `${nextStep(record) ?? 'end'} ${record.state}`;
}

function now(world: RotationWorld): string {
  return isoInstant(world.clock.now());
}
