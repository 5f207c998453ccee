import type { Rotation, Step } from '../../../shared/contract/rotation.ts';
import { Pips, type TickLook } from '../../parts/ticks.tsx';
import { rotationsText } from '../../text/rotation.ts';

type State = Step['state'];

const looks: Readonly<Record<State, TickLook>> = {
  pending: 'waits',
  running: 'now',
  waiting: 'attention',
  done: 'past',
  skipped: 'past',
  failed: 'failed',
};

const notBegun = Array.from({ length: 6 }, (): State => 'pending');

/** Six pips are the six steps; without a rotation, those that are to come. */
export function StepPips({ rotation }: { rotation: Rotation | undefined }) {
  const states = rotation?.steps.map(({ state }) => state) ?? notBegun;
  const done = states.filter((state) => state === 'done' || state === 'skipped').length;
  return <Pips looks={states.map((state) => looks[state])} label={rotationsText.steps(done)} />;
}
