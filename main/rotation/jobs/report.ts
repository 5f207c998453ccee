import type { Job, JobReport } from '../../../shared/contract/job.ts';
import { isoInstant } from '../../platform/clock.ts';
import { viewOfRun } from '../rotations.ts';
import { headView, type JobRotations } from './job-view.ts';
import type { JobsWorld } from './ports.ts';

/** Of every token of the job what happened and what proves it, as it stands now. No values. */
export function reportOf(world: JobsWorld, job: Job, all: JobRotations): JobReport {
  const own = all.get(job.id);
  return {
    job: headView(job),
    writtenAt: isoInstant(world.clock.now()),
    items: job.items.map(({ token, mode, dangers, state, error }, index) => {
      const rotated = world.tokens.get(world.session(), token);
      if (rotated === undefined) throw new Error('a token of a job is not in the vault');
      const rotation = own?.get(token);
      return {
        number: index + 1,
        token: world.tokens.show(rotated),
        mode,
        dangers,
        state,
        ...(rotation === undefined ? {} : { rotation: viewOfRun(world, rotation) }),
        ...(error === undefined ? {} : { error }),
      };
    }),
  };
}
