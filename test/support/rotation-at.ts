import {
  cutOverStepNames,
  type Rotation,
  type RotationMode,
  type Step,
  type StepName,
  stepNames,
} from '../../shared/contract/rotation.ts';
import { sampleRotation } from './contract-samples.ts';

/** It stands at this step, in this state: what comes before is done, and a new token is there once it was created. */
export function rotationAt(
  name: StepName,
  state: Step['state'],
  { mode = 'overlap', ...change }: Partial<Rotation> & { readonly mode?: RotationMode } = {},
): Rotation {
  const names = mode === 'cut-over' ? cutOverStepNames : stepNames;
  const here = names.indexOf(name);
  const stateOf = (index: number) => (index < here ? 'done' : index === here ? state : 'pending');
  const steps = names.map((each, index): Step => ({ name: each, state: stateOf(index) }));
  const {
    replacement,
    receipt: _none,
    finishedAt: _open,
    ...sample
  } = sampleRotation({ mode, state: 'running', steps });
  const isCreated = here > names.indexOf('create') && replacement !== undefined;
  return { ...sample, ...(isCreated ? { replacement } : {}), ...change };
}
