import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../../support/core-pieces.ts';
import { jobOver } from '../../../support/job-run.ts';

const day = 86_400_000;

/** Where the list of project tokens tells no time. `matching`: the labels of those that a filter chooses. */
async function withoutTimes() {
  const connected = await connectedCore({ variants: ['no-times'] });
  const tokens = await connected.tokens();
  const [seen] = tokens;
  const ofProjects = tokens.filter(({ kind }) => kind === 'project');
  const firstSeen = Date.parse(seen?.firstSeenAt ?? '');
  const preview = async (filter: object) =>
    expectOk(await connected.client('job.preview', { ids: [], filter: { kind: 'project', ...filter } })).items;
  const yesterday = new Date(firstSeen - day).toISOString();
  return { connected, ofProjects, preview, yesterday, [Symbol.asyncDispose]: () => connected[Symbol.asyncDispose]() };
}

describe('a token whose age CircleCI does not tell', () => {
  test.each([
    ['a date', ({ yesterday }: { yesterday: string }) => ({ createdBefore: yesterday })],
    ['an age', () => ({ olderThanMs: 90 * day })],
  ])('is part of an incident by %s, and the preview says why', async (_by, filterFor) => {
    await using here = await withoutTimes();
    const items = await here.preview(filterFor(here));
    expect(here.ofProjects.length).toBeGreaterThan(5);
    expect(items.map(({ token }) => token.id).toSorted()).toEqual(here.ofProjects.map(({ id }) => id).toSorted());
    expect(items.filter(({ untoldAge }) => untoldAge)).toHaveLength(items.length);
  });

  test('is counted where the incident wants its word', async () => {
    await using here = await withoutTimes();
    const filter = { kind: 'project', createdBefore: here.yesterday } as const;
    const refused = expectFailure(await here.connected.client('job.start', { ids: [], filter, mode: 'cut-over' }));
    expect(refused.details?.consequences).toContain(
      `${here.ofProjects.length} tokens whose age CircleCI does not tell are among them.`,
    );
  });

  test('is certainly as old as it was seen, and one that replaced another is not older than that', async () => {
    await using here = await withoutTimes();
    const { connected, preview, yesterday } = here;
    connected.advance(3 * day);
    const old = await connected.pick({ label: 'danger' });
    await jobOver(connected, [old]);
    const today = await preview({ olderThanMs: 2 * day });
    expect(today.map(({ untoldAge }) => untoldAge)).toEqual(today.map(() => undefined));
    expect(today, 'all but the one that was replaced').toHaveLength(here.ofProjects.length - 1);
    const before = await preview({ createdBefore: yesterday });
    expect(before.map(({ token }) => token.label)).not.toContain('danger');
    expect(before).toHaveLength(here.ofProjects.length - 1);
  });

  test('is chosen to be rotated by an age, and listed only where it is certain', async () => {
    await using here = await withoutTimes();
    const { client } = here.connected;
    const filter = { kind: 'project', olderThanMs: 90 * day } as const;
    const { rotations } = expectOk(
      await client('rotation.start', { ids: [], filter, keep: false, dryRun: true, retire: 'now' }),
    );
    expect(rotations).toHaveLength(here.ofProjects.length);
    expect(expectOk(await client('token.list', filter)).tokens).toEqual([]);
  });
});
