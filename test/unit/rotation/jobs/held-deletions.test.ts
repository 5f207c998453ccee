import { expect, test } from 'vitest';
import { connectedCore } from '../../../support/connected-core.ts';
import { expectOk } from '../../../support/core-pieces.ts';
import { waitFor } from '../../../support/job-run.ts';

const projectIn = (path: string) => /\/project\/([^/]+\/[^/]+\/[^/]+)/.exec(path)?.[1];

test('while a cut-over of a job waits for its new token, those that had begun delete nothing', async () => {
  await using connected = await connectedCore();
  const { client, between } = connected;
  const before = connected.alive().size;
  const limited = Promise.withResolvers<void>();
  const deletedMeanwhile: string[] = [];
  let creates = 0;
  let first: string | undefined;
  let stranded: string | undefined;
  let isStranded = false;
  between.twist = async ({ method, path }, ask) => {
    const project = projectIn(path);
    if (method === 'DELETE') {
      first ??= project;
      if (isStranded) deletedMeanwhile.push(path);
    }
    if (method === 'POST') {
      creates += 1;
      isStranded = creates === 2;
      // The first shows that tokens are made; this one has to wait, with its old one deleted.
      if (isStranded) {
        limited.resolve();
        return { status: 429, body: '{}', headers: { 'retry-after': '2' } };
      }
    }
    if (method === 'GET' && creates === 1 && project !== undefined && project !== first) {
      stranded ??= project;
      // The third has begun and is about to plan.
      if (project !== stranded) await limited.promise;
    }
    return ask();
  };
  const projects = ['gh/tidewater/web', 'gh/tidewater/api', 'gh/tidewater/mobile'];
  const tokens = await Promise.all(projects.map((project) => connected.pick({ project, state: 'active' })));
  const ids = tokens.map(({ id }) => id);
  const { job } = expectOk(await client('job.start', { ids, mode: 'cut-over', confirm: 'ROTATE' }));
  const ended = await waitFor(connected, job);
  expect(ended).toMatchObject({ state: 'done', counts: { done: ended.total } });
  expect(creates).toBe(4);
  expect(deletedMeanwhile).toEqual([]);
  expect(connected.alive().size).toBe(before);
});
