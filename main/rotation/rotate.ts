import type { Step, StepName } from '../../shared/contract/rotation.ts';
import type { PartFailure } from '../../shared/contract/sync.ts';
import { AppError } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import { nextStep, withStep } from './plan.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { closeRotation, saveRotation } from './rotation-store.ts';
import { runCreate } from './steps/create.ts';
import { runDeliver } from './steps/deliver.ts';
import { runPlan } from './steps/plan.ts';
import { runProveNew } from './steps/prove-new.ts';
import { runProveOldGone } from './steps/prove-old-gone.ts';
import { runRetireOld } from './steps/retire-old.ts';
import type { RunStep, StepContext, StepResult } from './steps/step.ts';

const steps: Readonly<Record<StepName, RunStep>> = {
  plan: runPlan,
  create: runCreate,
  'prove-new': runProveNew,
  deliver: runDeliver,
  'retire-old': runRetireOld,
  'prove-old-gone': runProveOldGone,
};

/**
 * Runs a journalled rotation from its first unfinished step to its end. Each step is written down as running before it
 * acts and as done, together with everything that it made true, in one transaction after it. So whatever stops the
 * process, the journal says which step may have happened, and every step can be entered again:
 * plan, prove-new and prove-old-gone only read; create is settled first (tokens/creation); retire-old takes "gone
 * already" for done; deliver is one transaction.
 */
export async function runRotation(world: RotationWorld, open: RotationRecord): Promise<RotationRecord> {
  let record = open;
  for (let name = nextStep(record); name !== undefined; name = nextStep(record)) {
    if (world.stopping()) {
      throw new AppError('stopped', 'The rotation was stopped between two steps. It is written down and can go on.', {
        hint: 'rondo rotation resume',
      });
    }
    const { error: _earlier, ...resumed } = record;
    if (name === 'retire-old' && waitsForTaking(world, record)) return wait(world, resumed);
    const running = withStep({ ...resumed, state: 'running' }, { name, state: 'running', at: now(world) });
    record = saveRotation(world, running, `${name} running`);
    const note: StepContext['note'] = ({ attempt }) => {
      const { attempt: _before, ...rest } = record;
      record =
        attempt === undefined
          ? saveRotation(world, rest, `${name} settled`)
          : saveRotation(world, { ...rest, attempt }, `${name} sending`);
    };
    try {
      const result = await runStep(world, record, name, note);
      record = finishStep(world, record, name, result);
    } catch (error) {
      return interrupt(world, record, name, error);
    }
  }
  return finishRotation(world, record);
}

/** The old token works until somebody has the new value: whoever uses it must be able to switch first. */
function waitsForTaking(world: RotationWorld, record: RotationRecord): boolean {
  if (record.retire !== 'taken' || record.replacement === undefined) return false;
  return world.tokens.get(world.session(), record.replacement)?.takenAt === undefined;
}

function wait(world: RotationWorld, record: RotationRecord): RotationRecord {
  const step: Step = { name: 'retire-old', state: 'waiting', at: now(world), detail: 'for the new value to be taken' };
  return saveRotation(world, withStep({ ...record, state: 'waiting' }, step), 'retire-old waiting');
}

async function runStep(
  world: RotationWorld,
  record: RotationRecord,
  name: StepName,
  note: StepContext['note'],
): Promise<StepResult> {
  const old = world.tokens.get(world.session(), record.token);
  if (old === undefined) throw new Error('the token of an open rotation is not in the vault');
  const { userId, signInToken } = world.accounts.get(record.account);
  const signsIn = signInToken !== undefined && (signInToken === record.token || signInToken === record.replacement);
  return world.accounts.withCaller(record.account, (caller) =>
    steps[name]({ world, caller, record, old, userId, signsIn, note }),
  );
}

function finishStep(world: RotationWorld, record: RotationRecord, name: StepName, result: StepResult): RotationRecord {
  const { attempt: _settled, ...rest } = record;
  const step: Step = { name, state: result.state, at: now(world), detail: result.detail };
  const done = { ...withStep(rest, step), ...result.change, proofs: [...record.proofs, ...(result.proofs ?? [])] };
  return saveRotation(world, done, `${name} ${result.state}`, result.also);
}

/** An expected failure: before the first effect it ends the rotation, later it waits for a person. Bugs go up. */
function interrupt(world: RotationWorld, record: RotationRecord, name: StepName, error: unknown): RotationRecord {
  if (!(error instanceof AppError) || error.code === 'stopped') throw error;
  const { code, message, hint } = error;
  const failure: PartFailure = { code, message, ...(hint === undefined ? {} : { hint }) };
  const failed = withStep({ ...record, error: failure }, { name, state: 'failed', at: now(world), detail: message });
  if (record.replacement === undefined && record.attempt === undefined) {
    return closeRotation(world, { ...failed, state: 'failed', finishedAt: now(world) }, (transaction) => {
      transaction.appendLog(
        world.witness({ action: 'rotation.failed', subject: record.token, outcome: 'failed', detail: code }),
      );
    });
  }
  return saveRotation(world, { ...failed, state: 'needs-attention' }, `${name} failed`, (transaction) => {
    transaction.appendLog(
      world.witness({ action: 'rotation.needs-attention', subject: record.token, outcome: 'failed', detail: code }),
    );
    return undefined;
  });
}

function finishRotation(world: RotationWorld, record: RotationRecord): RotationRecord {
  const { replacement } = record;
  if (replacement === undefined) throw new Error('a rotation ended without a replacement');
  return closeRotation(world, { ...record, state: 'done', finishedAt: now(world) }, (transaction) => {
    world.tokens.retire(transaction, record.token, replacement);
    transaction.appendLog(
      world.witness({ action: 'token.rotated', subject: record.token, detail: `replaced by ${replacement}` }),
    );
  });
}

function now(world: RotationWorld): string {
  return isoInstant(world.clock.now());
}
