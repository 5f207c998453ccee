import type { RondoHandlers } from '../../../shared/contract/contract.ts';
import { rotationsOfJobs } from './job-view.ts';
import type { Jobs } from './jobs.ts';
import type { JobsWorld } from './ports.ts';
import { previewJob } from './preview.ts';
import { reportOf } from './report.ts';
import { reportMarkdown } from './report-markdown.ts';

type JobChannels = Extract<keyof RondoHandlers, `job.${string}`>;

/** `idle`: resolves when nothing rotates by itself, which holds the same lock file. */
export function jobHandlers(world: JobsWorld, jobs: Jobs, idle: () => Promise<void>): Pick<RondoHandlers, JobChannels> {
  return {
    'job.preview': (choice) => ({ items: previewJob(world, choice) }),
    'job.start': async (order) => {
      await idle();
      return { job: await jobs.start(order) };
    },
    'job.list': () => ({ jobs: jobs.list() }),
    'job.show': ({ id }) => ({ job: jobs.show(id) }),
    'job.pause': ({ id }) => ({ job: jobs.rest(id, 'paused') }),
    'job.stop': ({ id }) => ({ job: jobs.rest(id, 'stopped') }),
    'job.resume': async ({ id }) => ({ job: await jobs.resume(id, false, idle) }),
    'job.retry': async ({ id }) => ({ job: await jobs.resume(id, true, idle) }),
    'job.wait': async ({ id }) => ({ job: await jobs.wait(id) }),
    'job.report': ({ id }) => {
      const report = reportOf(world, jobs.show(id), rotationsOfJobs(world.session()));
      return { report, markdown: reportMarkdown(report) };
    },
  };
}
