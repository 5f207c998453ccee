import type { Job } from '../../shared/contract/job.ts';
import { expectOk } from '../support/core-pieces.ts';
import { must } from './broken.ts';
import type { Sight } from './ledger.ts';
import type { Stage } from './stage.ts';

/** What each job says of itself and of its tokens, once nothing runs any more. */
export async function jobsAreRight({ core, sight, ledger, touched }: Stage): Promise<void> {
  for (const { id, state, counts, total } of sight.jobs) {
    const sum = Object.values(counts).reduce((all, count) => all + count, 0);
    must(sum === total, `the job ${id} has ${total} tokens, and its counts make ${sum}`);
    must(state !== 'running' && counts.running === 0, `the job ${id} says that it runs`);
    // One that failed may have been resumed by its own name since, and cut off.
    const notBegun = counts.pending + counts.left;
    must(state !== 'done' || notBegun === 0, `the job ${id} is done, and ${notBegun} of its tokens are not begun`);
  }
  if (ledger.jobs.size === 0 || touched.size === 0) return;
  for (const head of sight.jobs) itemsAreRight(sight, expectOk(await core().client('job.show', { id: head.id })).job);
}

function itemsAreRight({ rotations }: Sight, job: Job): void {
  must(new Set(job.items.map(({ token }) => token)).size === job.items.length, `${job.id} has a token twice`);
  for (const item of job.items) {
    const rotation = rotations.find(({ id }) => id === item.rotation);
    must(
      item.rotation === undefined || rotation?.token === item.token,
      `${job.id} names the rotation of another token`,
    );
    const isBegun = !['pending', 'left'].includes(item.state);
    if (!isBegun) must(rotation === undefined, `${job.id} says that ${item.token} is not begun, and it is`);
    if (item.state === 'done') must(rotation?.state === 'done', `${job.id} says that ${item.token} is done`);
    if (item.state === 'failed')
      must(rotation === undefined || rotation.state === 'failed', `${job.id}: it is not failed`);
  }
}
