import { expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../../support/connected-core.ts';
import { expectOk } from '../../../support/core-pieces.ts';
import { waitFor } from '../../../support/job-run.ts';

const projectIn = (path: string) => /\/project\/([^/]+\/[^/]+\/[^/]+)/.exec(path)?.[1];

/**
 * Three of one kind: the first shows that tokens are made, the second has to wait with its old token deleted, and the third
 * has begun to plan by then. `limits`: how often the second is told to wait.
 */
async function threeOfWhichOneIsStranded(connected: ConnectedCore, limits: number) {
  const { client, between } = connected;
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
      isStranded = creates > 1 && creates <= 1 + limits;
      if (isStranded) {
        limited.resolve();
        return { status: 429, body: '{}', headers: { 'retry-after': '2' } };
      }
    }
    if (method === 'GET' && creates === 1 && project !== undefined && project !== first) {
      stranded ??= project;
      if (project !== stranded) await limited.promise;
    }
    return ask();
  };
  const projects = ['gh/tidewater/web', 'gh/tidewater/api', 'gh/tidewater/mobile'];
  const tokens = await Promise.all(projects.map((project) => connected.pick({ project, state: 'active' })));
  const ids = tokens.map(({ id }) => id);
  const { job } = expectOk(await client('job.start', { ids, mode: 'cut-over', confirm: 'ROTATE' }));
  return { ended: await waitFor(connected, job), creates: () => creates, deletedMeanwhile };
}

test('while a cut-over of a job waits for its new token, those that had begun delete nothing', async () => {
  await using connected = await connectedCore();
  const before = connected.alive().size;
  const { ended, creates, deletedMeanwhile } = await threeOfWhichOneIsStranded(connected, 1);
  expect(ended).toMatchObject({ state: 'done', counts: { done: ended.total } });
  expect(creates()).toBe(4);
  expect(deletedMeanwhile).toEqual([]);
  expect(connected.alive().size).toBe(before);
});

test('where it stays without, nobody says that theirs may be deleted, and all of them can be ended', async () => {
  await using connected = await connectedCore();
  const before = connected.alive().size;
  const { ended, deletedMeanwhile } = await threeOfWhichOneIsStranded(connected, 100);
  expect(ended.state).toBe('paused');
  expect(deletedMeanwhile).toEqual([]);
  const { rotations } = expectOk(await connected.client('rotation.list', {}));
  const retiring = (wanted: string) =>
    rotations.flatMap(({ steps }) => steps).filter(({ name, state }) => name === 'retire-old' && state === wanted);
  expect(retiring('done'), 'the first, and the one that is without').toHaveLength(2);
  expect(retiring('running')).toEqual([]);
  connected.between.twist = undefined;
  const again = expectOk(await connected.client('job.retry', { id: ended.id })).job;
  expect((await waitFor(connected, again)).counts.done).toBe(ended.total);
  expect(connected.alive().size).toBe(before);
});

test('one whose deletion CircleCI affirmed and did not carry out deletes again, and does not wait for itself', async () => {
  await using connected = await connectedCore();
  const { client, between } = connected;
  const old = await connected.pick({ label: 'danger' });
  const before = connected.alive().size;
  let deletions = 0;
  let isLimited = false;
  between.twist = ({ method, path }, ask) => {
    if (method === 'DELETE') {
      deletions += 1;
      if (deletions === 1) return { status: 200, body: '{}' };
    }
    if (method === 'GET' && deletions === 1 && path.endsWith('/token') && !isLimited) {
      isLimited = true;
      return { status: 429, body: '{}', headers: { 'retry-after': '600' } };
    }
    return ask();
  };
  const { job } = expectOk(await client('job.start', { ids: [old.id], mode: 'cut-over', confirm: 'ROTATE' }));
  expect(await waitFor(connected, job)).toMatchObject({ state: 'done', counts: { done: 1 } });
  expect([deletions, isLimited]).toEqual([2, true]);
  expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
  expect(connected.alive().size).toBe(before);
});
