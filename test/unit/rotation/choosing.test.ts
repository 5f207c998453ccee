import { describe, expect, test } from 'vitest';
import type { TokenFilter } from '../../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

const order = { keep: false, dryRun: false };

async function requests(connected: ConnectedCore): Promise<number> {
  return connected.between.asked.length;
}

async function syncLater(connected: ConnectedCore): Promise<void> {
  connected.advance(1_000);
  expectOk(await connected.client('sync.run', {}));
}

describe('a dry run', () => {
  test('shows the plan, asks nobody and writes nothing', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const tokens = await connected.tokens();
    const asked = await requests(connected);
    const { rotations } = expectOk(
      await connected.client('rotation.start', { ...order, ids: [old.id], dryRun: true, retire: 'taken' }),
    );
    expect(rotations).toMatchObject([{ token: old.id, state: 'planned', retire: 'taken' }]);
    expect(rotations[0]?.steps.map(({ state }) => state)).toEqual(Array(6).fill('pending'));
    expect(await requests(connected)).toBe(asked);
    expect(await connected.tokens()).toEqual(tokens);
    expect(expectOk(await connected.client('rotation.list', {})).rotations).toEqual([]);
    expect(expectOk(await connected.client('audit.list', { token: old.id })).entries).toEqual([]);
  });

  test.each<[string, TokenFilter, string[]]>([
    ['project and scope', { project: 'github/tidewater/web', scope: 'read-only' }, ['danger', 'grafana-exporter']],
    ['search', { search: 'deploy-bot billing' }, ['deploy-bot', 'deploy-bot']],
    ['age', { olderThanMs: 1_500 * 86_400_000, kind: 'project' }, ['status badge']],
    ['nothing that matches', { tag: 'nobody has this' }, []],
  ])('takes a filter by %s', async (_what, filter, labels) => {
    await using connected = await connectedCore();
    const answer = await connected.client('rotation.start', { ...order, ids: [], filter, dryRun: true });
    const tokens = new Map((await connected.tokens()).map((token) => [token.id, token.label]));
    expect(expectOk(answer).rotations.map(({ token }) => tokens.get(token))).toEqual(labels);
  });

  test('leaves out what a filter finds and CircleCI does not have any more', async () => {
    await using connected = await connectedCore();
    const gone = await connected.pick({ label: 'danger' });
    await connected.colleague('DELETE', `/api/v1.1/project/gh/tidewater/web/token/${gone.remoteId}`);
    await syncLater(connected);
    const filter = { project: 'gh/tidewater/web', scope: 'read-only' };
    const { rotations } = expectOk(
      await connected.client('rotation.start', { ...order, ids: [], filter, dryRun: true }),
    );
    expect(rotations.map(({ token }) => token)).toEqual([
      (await connected.pick({ label: 'grafana-exporter', project: filter.project })).id,
    ]);
  });
});

describe('refused before anything is asked', () => {
  test('ids and a filter together, or neither', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    const asked = await requests(connected);
    for (const which of [{ ids: [] }, { ids: [id], filter: {} }]) {
      expect(expectFailure(await connected.client('rotation.start', { ...order, ...which })).code).toBe(
        'invalid-input',
      );
    }
    expect(await requests(connected)).toBe(asked);
  });

  test('an id that is unknown, or too short to be one', async () => {
    await using connected = await connectedCore();
    const codes = await Promise.all(
      ['ffffffffffffffff', 'abc', '__proto__'].map(
        async (id) => expectFailure(await connected.client('rotation.start', { ...order, ids: [id] })).code,
      ),
    );
    expect(codes).toEqual(['not-found', 'invalid-input', 'invalid-input']);
  });

  test('a token that is gone and one that Rondo has deleted, before the others are touched', async () => {
    await using connected = await connectedCore();
    const fine = await connected.pick({ label: 'fastlane' });
    const gone = await connected.pick({ label: 'danger' });
    await connected.colleague('DELETE', `/api/v1.1/project/gh/tidewater/web/token/${gone.remoteId}`);
    await syncLater(connected);
    const revoked = await connected.pick({ label: 'nightly-reindex' });
    expectOk(await connected.client('token.delete', { ids: [revoked.id], confirm: 'DELETE' }));
    const before = connected.alive();
    for (const dead of [gone, revoked]) {
      const error = expectFailure(await connected.client('rotation.start', { ...order, ids: [fine.id, dead.id] }));
      expect(error.code).toBe('not-found');
    }
    expect(connected.alive()).toEqual(before);
  });

  test('the same token twice is one rotation', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    const answer = await connected.client('rotation.start', { ...order, ids: [id, id.slice(0, 12)] });
    expect(expectOk(answer).rotations).toHaveLength(1);
  });
});

describe('refused by the plan step, as failed: nothing was changed', () => {
  test.each([
    ['the old token vanished since the last sync', 'not-found', 'DELETE'],
    ['the list cannot be read completely', 'server-error', 'incomplete'],
    ["the account's token answers as another user", 'unauthorized', 'other user'],
    ["the account's token was revoked", 'unauthorized', 'revoked'],
  ])('%s', async (_what, code, situation) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    if (situation === 'DELETE')
      await connected.colleague('DELETE', `/api/v1.1/project/gh/tidewater/web/token/${old.remoteId}`);
    connected.between.twist = async ({ path }, ask) => {
      const said = await ask();
      if (situation === 'incomplete' && path.endsWith('/web/token'))
        return { ...said, body: said.body.replace('[', '[17,') };
      if (situation === 'other user' && path === '/api/v2/me')
        return { ...said, body: '{"id":"someone","login":"else"}' };
      if (situation === 'revoked') return { status: 401, body: '{"message":"Invalid token provided."}' };
      return said;
    };
    const before = connected.alive();
    const rotation = await connected.rotate(old);
    expect(rotation).toMatchObject({ state: 'failed', error: { code } });
    expect(rotation.steps.map(({ state }) => state)).toEqual(['failed', ...Array(5).fill('pending')]);
    expect(rotation.finishedAt).toBeDefined();
    expect(connected.alive()).toEqual(before);
    expect(expectOk(await connected.client('audit.list', { token: old.id })).entries.at(-1)).toMatchObject({
      action: 'rotation.failed',
      outcome: 'failed',
      detail: code,
    });
  });
});
