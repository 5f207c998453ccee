import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import type { Step, StepName } from '../../shared/contract/rotation.ts';
import type { PartFailure } from '../../shared/contract/sync.ts';
import { AppError, isRefusal } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultTransaction } from '../vault/vault.ts';
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
import { type RunStep, type StepContext, type StepResult, stopped } from './steps/step.ts';
import { waitOf } from './waiting.ts';

const steps: Readonly<Record<StepName, RunStep>> = {
  plan: runPlan,
  create: runCreate,
  'prove-new': runProveNew,
  deliver: runDeliver,
  'retire-old': runRetireOld,
  'prove-old-gone': runProveOldGone,
};

/**
 * Runs a rotation from its first unfinished step to its end. One durable transaction ends each step: it says what the
 * step has done, everything that it made true, and that the next one runs. So before any outside act the journal says
 * that it may happen, and every step can be entered again: plan, prove-new and prove-old-gone only read; create writes
 * one more line before it sends, and is settled first (tokens/creation); retire-old takes "gone already" for done;
 * deliver is one transaction. `begin` is written together with the first line.
 */
export async function runRotation(
  world: RotationWorld,
  open: RotationRecord,
  begin: (transaction: VaultTransaction) => void = () => {},
): Promise<RotationRecord> {
  const { error: _earlier, restoredAt: _restored, ...resumed } = open;
  const entered = enterNext(world, resumed);
  if (entered.state === 'waiting' && open.state === 'waiting') return open;
  let record = saveRotation(world, entered, pointOf(entered), (transaction) => {
    begin(transaction);
    return undefined;
  });
  const note: StepContext['note'] = ({ attempt, orphan }) => {
    const { attempt: _before, ...rest } = record;
    record =
      attempt === undefined
        ? saveRotation(world, rest, 'create settled', logOrphan(world, rest, orphan))
        : saveRotation(world, { ...rest, attempt }, 'create sending');
  };
  for (let name = nextStep(record); name !== undefined && record.state === 'running'; name = nextStep(record)) {
    if (world.stopping()) throw stopped();
    try {
      const result = await runStep(world, record, name, note);
      record = endStep(world, record, name, result);
    } catch (error) {
      return interrupt(world, record, name, error);
    }
  }
  return record;
}

/** A token that came of a creation whose answer was lost: nobody had its value, and it was deleted. */
function logOrphan(world: RotationWorld, { token }: RotationRecord, orphan: string | undefined) {
  return (transaction: VaultTransaction): undefined => {
    if (orphan === undefined) return;
    transaction.appendLog(world.witness({ action: 'token.orphan-deleted', subject: token, detail: orphan }));
  };
}

/** The next step runs, or waits, or there is none: then the rotation is done. */
function enterNext(world: RotationWorld, record: RotationRecord): RotationRecord {
  const name = nextStep(record);
  const at = now(world);
  if (name === undefined) return { ...record, state: 'done', finishedAt: at };
  if (name === 'deliver' && !signsIn(world, record)) {
    return enterNext(world, withStep(record, { name, state: 'skipped', at, detail: 'no destinations' }));
  }
  const wait = waitOf(world, record, name);
  if (wait !== undefined) {
    const { detail, change } = wait;
    return withStep({ ...record, ...change, state: 'waiting' }, { name, state: 'waiting', at, detail });
  }
  return withStep({ ...record, state: 'running' }, { name, state: 'running', at });
}

/** The token is the one that Rondo itself signs in with, or has just become it. */
function signsIn(world: RotationWorld, record: RotationRecord): boolean {
  const { signInToken } = world.accounts.get(record.account);
  return signInToken !== undefined && (signInToken === record.token || signInToken === record.replacement);
}

async function runStep(
  world: RotationWorld,
  record: RotationRecord,
  name: StepName,
  note: StepContext['note'],
): Promise<StepResult> {
  const { userId } = world.accounts.get(record.account);
  const context = { world, record, userId, signsIn: signsIn(world, record), note };
  return world.accounts.withCaller(record.account, (caller) => steps[name]({ ...context, caller }));
}

function endStep(world: RotationWorld, record: RotationRecord, name: StepName, result: StepResult): RotationRecord {
  const { attempt: _settled, ...rest } = record;
  const step: Step = { name, state: 'done', at: now(world), detail: result.detail };
  const ended = { ...withStep(rest, step), ...result.change, proofs: [...record.proofs, ...(result.proofs ?? [])] };
  const next = enterNext(world, ended);
  if (next.state !== 'done') return saveRotation(world, next, pointOf(next), result.also);
  return closeRotation(world, next, (transaction) => {
    result.also?.(transaction);
    retire(world, next, transaction);
  });
}

function retire(world: RotationWorld, { token, replacement }: RotationRecord, transaction: VaultTransaction): void {
  if (replacement === undefined) throw new Error('a rotation ended without a replacement');
  world.tokens.retire(transaction, token, replacement);
  transaction.appendLog(
    world.witness({ action: 'token.rotated', subject: token, detail: `replaced by ${replacement}` }),
  );
}

/** An expected failure: before the first effect it ends the rotation, later it waits for a person. Bugs go up. */
function interrupt(world: RotationWorld, record: RotationRecord, name: StepName, error: unknown): RotationRecord {
  if (!(error instanceof AppError) || error.code === 'stopped') throw error;
  const { code, hint } = error;
  const failure: PartFailure = {
    code,
    message: inWhole(record, error.message),
    ...(hint === undefined ? {} : { hint }),
  };
  const failed = withStep(
    { ...record, error: failure },
    { name, state: 'failed', at: now(world), detail: failure.message },
  );
  const act = { subject: record.token, outcome: 'failed', detail: code } as const;
  if (hadNoEffect(record, name, code)) {
    return closeRotation(world, { ...failed, state: 'failed', finishedAt: now(world) }, (transaction) => {
      transaction.appendLog(world.witness({ action: 'rotation.failed', ...act }));
    });
  }
  return saveRotation(world, { ...failed, state: 'needs-attention' }, `${name} failed`, (transaction) => {
    transaction.appendLog(world.witness({ action: 'rotation.needs-attention', ...act }));
    return undefined;
  });
}

/** A request that failed changed nothing itself; the rotation that it is a part of has. */
function inWhole({ replacement, retiredAt }: RotationRecord, message: string): string {
  if (retiredAt !== undefined && replacement === undefined) return `${message.replace(unchanged, '')} ${withoutAny}`;
  if (replacement === undefined || !unchanged.test(message)) return message;
  const old = retiredAt === undefined ? 'The old token still works' : 'The old token is deleted';
  return message.replace(unchanged, ` ${old}; the new one is in the vault.`);
}

const unchanged = / Nothing was changed\.$/;

const withoutAny = 'The old token is deleted and the new one is not made yet: what used it waits until this goes on.';

/** Nothing was made or deleted, for certain. In cut-over a deletion whose answer was lost may have happened. */
function hadNoEffect(record: RotationRecord, name: StepName, code: ErrorCode): boolean {
  if (record.replacement !== undefined || record.attempt !== undefined || record.retiredAt !== undefined) return false;
  return name !== 'retire-old' || isRefusal(code);
}

/** The stable name of the write that makes the next step run or wait. */
function pointOf(record: RotationRecord): string {
  return `${nextStep(record) ?? 'end'} ${record.state}`;
}

function now(world: RotationWorld): string {
  return isoInstant(world.clock.now());
}
