import type { StepName } from '../../../shared/contract/rotation.ts';
import type { Answer } from '../by-hand.ts';
import { refuseShutOut } from '../own-sign-in.ts';
import type { RotationWorld } from '../ports.ts';
import type { RotationRecord } from '../rotation-record.ts';
import { requireSameUserFirst } from '../same-user.ts';
import { refuseUncreatable } from '../uncreatable.ts';
import { runCreate } from './create.ts';
import { runCreateByHand } from './create-by-hand.ts';
import { runDeliver } from './deliver.ts';
import { runPlan } from './plan.ts';
import { runProveNew } from './prove-new.ts';
import { runProveOldGone } from './prove-old-gone.ts';
import { runRetireByHand } from './retire-by-hand.ts';
import { runRetireOld } from './retire-old.ts';
import type { RunStep, StepContext, StepResult } from './step.ts';

const steps: Readonly<Record<StepName, RunStep>> = {
  plan: runPlan,
  create: runCreate,
  'prove-new': runProveNew,
  deliver: runDeliver,
  'retire-old': runRetireOld,
  'prove-old-gone': runProveOldGone,
};

const byHandSteps: Partial<Readonly<Record<StepName, RunStep>>> = {
  create: runCreateByHand,
  'retire-old': runRetireByHand,
};

interface Entering extends Pick<StepContext, 'record' | 'isEntry'> {
  readonly name: StepName;
  /** Before the first step of a run the account may be somebody else's since the last one. */
  readonly isIdentified: boolean;
}

interface By {
  readonly world: RotationWorld;
  readonly journal: Pick<StepContext, 'note' | 'write'>;
  /** From here on the step asks for itself: what fails before says nothing of it. */
  readonly begins: () => void;
}

/** What must hold before any step, and then the step itself: Rondo's own, or with an answer the one that a person did. */
export async function runStep(
  { world, journal, begins }: By,
  { record, name, isEntry, isIdentified }: Entering,
  answer?: Answer,
): Promise<StepResult> {
  const { userId } = world.accounts.get(record.account);
  const context = { world, record, userId, isEntry, ...journal, ...given(answer) };
  const run = answer === undefined ? steps[name] : (byHandSteps[name] ?? steps[name]);
  return world.accounts.withCaller(record.account, async (caller) => {
    refuseShutOut(world, record, name);
    refuseUncreatable(world, record, name);
    if (!isIdentified && !provesUser(record, name, answer)) await requireSameUserFirst(world, caller, userId);
    begins();
    return run({ ...context, caller });
  });
}

/**
 * Whether the step shows by itself who it is done for. To deliver, and to be told of a personal token that was made by hand,
 * mend also an account whose own token is dead.
 */
function provesUser({ place }: RotationRecord, name: StepName, answer: Answer | undefined): boolean {
  return name === 'plan' || name === 'deliver' || (answer?.act === 'create' && place.kind === 'personal');
}

function given(answer: Answer | undefined): Pick<StepContext, 'answer'> {
  return answer === undefined ? {} : { answer };
}
