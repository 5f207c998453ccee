import type { Job, JobReport } from '../../../shared/contract/job.ts';
import { isoInstant } from '../../platform/clock.ts';
import { view, viewOfRun } from '../standing.ts';
import { headView, type JobRotations } from './job-view.ts';
import type { JobsWorld } from './ports.ts';

/** Of every token of the job what happened and what proves it, as it stands now. No values. */
export function reportOf(world: JobsWorld, job: Job, all: JobRotations): JobReport {
  const own = all.get(job.id);
  // While somebody works on the job, a row that says `running` was not left behind by a crash.
  const shown = job.state === 'running' ? viewOfRun : view;
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
        ...(rotation === undefined ? {} : { rotation: shown(world, rotation) }),
        ...(error === undefined ? {} : { error }),
      };
    }),
  };
}
