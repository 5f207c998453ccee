import type { RondoHandlers } from '../../../shared/contract/contract.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { rotationsOfJobs } from './job-view.ts';
import type { Jobs } from './jobs.ts';
import type { JobsWorld } from './ports.ts';
import { previewJob } from './preview.ts';
import { reportOf } from './report.ts';
import { reportMarkdown } from './report-markdown.ts';

type JobChannels = Extract<keyof RondoHandlers, `job.${string}`>;

/** `idle`: resolves when nothing rotates by itself, which holds the same lock file. */
export function jobHandlers(world: JobsWorld, jobs: Jobs, idle: () => Promise<void>): Pick<RondoHandlers, JobChannels> {
  async function afterwards(act: () => Promise<Job>): Promise<{ job: Job }> {
    await idle();
    return { job: await act() };
  }

  return {
    'job.preview': (choice) => ({ items: previewJob(world, choice) }),
    'job.start': (order) => afterwards(() => jobs.start(order)),
    'job.list': () => ({ jobs: jobs.list() }),
    'job.show': ({ id }) => ({ job: jobs.show(id) }),
    'job.pause': ({ id }) => ({ job: jobs.rest(id, 'paused') }),
    'job.stop': ({ id }) => ({ job: jobs.rest(id, 'stopped') }),
    'job.resume': ({ id }) => afterwards(() => jobs.resume(id, false)),
    'job.retry': ({ id }) => afterwards(() => jobs.resume(id, true)),
    'job.wait': async ({ id }) => ({ job: await jobs.wait(id) }),
    'job.report': ({ id }) => {
      const report = reportOf(world, jobs.show(id), rotationsOfJobs(world.session()));
      return { report, markdown: reportMarkdown(report) };
    },
  };
}
