import { describe, expect, test } from 'vitest';
import { byHand, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

const hourMs = 3_600_000;

/** From now on the account's token answers as another person, who has no token at all. */
function becomesAnother({ between }: ConnectedCore): void {
  between.twist = async ({ method, path }, ask) => {
    if (path.endsWith('/me')) {
      const said = await ask();
      return {
        ...said,
        body: JSON.stringify({ ...JSON.parse(said.body), id: '11111111-2222-4333-8444-555555555555' }),
      };
    }
    const isList = method === 'GET' && /\/tokens?$/.test(path);
    if (method === 'DELETE') return { status: 404, body: '{}' };
    return isList ? { status: 200, body: path.includes('/v2/') ? '{"items":[],"next_page_token":null}' : '[]' } : ask();
  };
}

const another = /answers as another user/;

describe('an account whose token is another person’s meanwhile', () => {
  test('proves nothing when the rotation is resumed', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'circleci-cli' });
    const { replacement = '' } = await connected.rotate(old, { retire: 'taken', keep: true });
    expectOk(await connected.client('token.taken', { id: replacement }));
    becomesAnother(connected);
    const [stopped] = await connected.resume();
    expect(stopped).toMatchObject({ state: 'needs-attention', error: { code: 'unauthorized' } });
    expect(stopped?.error?.message).toMatch(another);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    expect(connected.between.asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
    connected.between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  });

  test('proves nothing when a person says that the old one is deleted', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'circleci-cli' });
    const hand = byHand(connected.sandbox);
    const rotation = await connected.rotate(old, { guided: true });
    const { value } = await hand.create({ label: old.label });
    expect(await tell(connected, rotation, { value })).toMatchObject({ state: 'waiting' });
    becomesAnother(connected);
    const told = await connected.client('rotation.resume', { ids: [rotation.id], confirm: 'deleted' });
    expect(expectFailure(told).message).toMatch(another);
    expect(expectOk(await connected.client('rotation.show', { id: rotation.id })).rotations).toMatchObject([
      { state: 'waiting' },
    ]);
  });

  test.each([200, 403, 404])('that is not told, by %d, is no reason to hand a step over', async (status) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const { replacement = '' } = await connected.rotate(old, { retire: 'taken', keep: true });
    expectOk(await connected.client('token.taken', { id: replacement }));
    // As of a page of the network that somebody is in.
    connected.between.twist = ({ path }, ask) => (path.endsWith('/me') ? { status, body: '<html>' } : ask());
    const [stopped] = await connected.resume();
    expect(stopped).toMatchObject({ state: 'needs-attention', error: { code: 'server-error' } });
    connected.between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  });

  test('is not asked again by the run that has just planned', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = connected.between.asked.length;
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
    const asked = connected.between.asked.slice(before).filter(({ path }) => path.endsWith('/me'));
    expect(asked).toHaveLength(1);
  });

  test('leaves an old one that is due', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'circleci-cli' });
    await connected.rotate(old, { retire: hourMs });
    becomesAnother(connected);
    connected.advance(2 * hourMs);
    const [stopped] = await connected.resume();
    expect(stopped?.error?.message).toMatch(another);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });

  test('is mended by the value of a token of the right person that was made by hand, where the own is dead', async () => {
    await using connected = await connectedCore();
    const { between, sandbox } = connected;
    // A host without lists of personal tokens.
    between.twist = ({ method, path }, ask) =>
      method === 'GET' && /\/user\/tokens?$/.test(path) ? { status: 405, body: '{}' } : ask();
    const old = await connected.pick({ label: 'rondo' });
    const rotation = await connected.rotate(old, { guided: true });
    expect(rotation).toMatchObject({ guide: { act: 'create' } });
    const hand = byHand(sandbox);
    const { value } = await hand.create({ label: old.label });
    await hand.remove(old.remoteId ?? '');
    const told = await tell(connected, rotation, { value });
    expect(told.steps.find(({ name }) => name === 'deliver')).toMatchObject({ state: 'done' });
  });
});
