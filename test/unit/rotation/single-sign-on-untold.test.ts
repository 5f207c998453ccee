import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { byHand, bytes, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

const organization = 'gh/tidewater';

/** Rondo signs in with a token that its owner has not authorized for the organization. */
async function signedInWithout(): Promise<ConnectedCore> {
  const connected = await connectedCore({ variants: ['sso'] });
  const { value } = await byHand(connected.sandbox).create({ label: 'mine', scope: 'admin' });
  expectOk(await connected.client('account.add', { host: connected.between.url, value: bytes(value) }));
  connected.advance(1_000);
  expectOk(await connected.client('sync.run', {}));
  return connected;
}

/** Begins to rotate the token; `before`: what there was. */
async function begin(connected: ConnectedCore, label = 'circleci-cli') {
  const old = await connected.pick({ label });
  const before = new Set(connected.alive().keys());
  const begun = await connected.rotate(old);
  const isAlive = () => connected.alive().has(old.remoteId ?? '');
  return { old, before, begun, isAlive };
}

const doubts = ({ receipt }: Rotation) => receipt?.proofs.filter(({ ok }) => !ok) ?? [];

describe('an organization that Rondo’s own token is kept out of', () => {
  test('lets the old one go once the new one opens it', async () => {
    await using connected = await signedInWithout();
    const { old, before, begun, isAlive } = await begin(connected);
    expect(begun).toMatchObject({ state: 'waiting', byHand: ['prove-new'], guide: { act: 'authorize' } });
    expect(begun.guide?.line).toContain(`Nothing tells whether that is needed for ${organization}`);
    expect(await connected.resume(), 'it waits on').toEqual([begun]);
    expect(isAlive()).toBe(true);
    const fresh = await connected.pick({ rotatedFrom: old.id });
    await byHand(connected.sandbox).authorize(fresh.remoteId ?? '', organization);
    const ended = await tell(connected, begun, { confirm: 'authorized' });
    expect(ended.state).toBe('done');
    expect(doubts(ended)).toEqual([]);
    await expectReplaced(connected, old, before);
  });

  test('is believed to need nothing where its owner says so, and the receipt says that nothing proves it', async () => {
    await using connected = await signedInWithout();
    const { old, before, begun } = await begin(connected);
    const ended = await tell(connected, begun, { confirm: 'authorized' });
    expect(ended.state).toBe('done');
    expect(doubts(ended)).toMatchObject([
      { what: `the new token opens ${organization}`, answered: expect.stringContaining('its owner says') },
    ]);
    expect(ended.steps.find(({ name }) => name === 'prove-new')?.detail).toContain(`whether the new token opens`);
    await expectReplaced(connected, old, before);
  });

  test('is asked for once, also where the old one goes later', async () => {
    await using connected = await signedInWithout();
    const old = await connected.pick({ label: 'circleci-cli' });
    const begun = await connected.rotate(old, { retire: 3_600_000 });
    const waits = await tell(connected, begun, { confirm: 'authorized' });
    expect(waits).toMatchObject({ state: 'waiting' });
    expect(waits).not.toHaveProperty('guide');
    connected.advance(3_600_000);
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  });

  test('is compared by the old one where its value is held: then a word is not enough', async () => {
    await using connected = await signedInWithout();
    const { id, remoteId } = await connected.pick({ label: 'circleci-cli' });
    const { value = '' } = connected.alive().get(remoteId ?? '') ?? {};
    expectOk(await connected.client('token.adopt', { id, value: bytes(value) }));
    const { begun, isAlive } = await begin(connected);
    expect(begun.guide?.act).toBe('authorize');
    const said = await connected.client('rotation.resume', { ids: [begun.id], confirm: 'authorized' });
    expect(expectFailure(said)).toMatchObject({ message: expect.stringContaining(`kept out of ${organization}`) });
    expect(isAlive()).toBe(true);
  });

  test('does not hold up the one that Rondo signs in with, which loses nothing', async () => {
    await using connected = await signedInWithout();
    const { begun } = await begin(connected, 'mine');
    expect(begun.state).toBe('done');
    expect(doubts(begun)).toEqual([]);
  });
});

describe('an organization that keeps the new token out and Rondo’s own not', () => {
  test('is told by a redirect as well', async () => {
    await using connected = await connectedCore({ variants: ['sso'] });
    connected.between.twist = async ({ path }, ask) => {
      const said = await ask();
      const isRefused = path.startsWith(`/api/v1.1/project/${organization}/`) && said.status >= 400;
      return isRefused ? { status: 302, body: '', headers: { location: '/sso' } } : said;
    };
    const { begun, isAlive } = await begin(connected);
    expect(begun).toMatchObject({ state: 'waiting', guide: { act: 'authorize' } });
    expect(isAlive()).toBe(true);
  });

  test.each([
    ['is found behind its public projects', 6, 'waiting'],
    ['is not looked for without end, and the receipt says so', 20, 'done'],
  ] as const)('%s', async (_what, amount, state) => {
    await using connected = await connectedCore({ variants: ['sso'] });
    const slugs = Array.from({ length: amount }, (_, index) => `${organization}/0-public-${index}`);
    expectOk(await connected.client('project.add', { slugs }));
    connected.between.twist = ({ path }, ask) => (path.includes('/0-public-') ? { status: 200, body: '{}' } : ask());
    const { begun } = await begin(connected);
    expect(begun.state).toBe(state);
    const asked = new Set(connected.between.asked.map(({ path }) => path).filter((path) => path.includes('0-public')));
    expect(asked.size).toBe(amount);
    const none = doubts(begun).map(({ what, answered }) => `${what}: ${answered}`);
    const said = `the new token opens ${organization}: none of the 20 projects that were asked there tells`;
    expect(none).toEqual(state === 'done' ? [said] : []);
  });
});

describe('an organization of which Rondo reads no project', () => {
  test('is asked by the projects that the vault knows', async () => {
    await using connected = await connectedCore({ variants: ['sso'] });
    for (const { slug } of expectOk(await connected.client('project.list', {})).projects) {
      if (slug.startsWith(organization)) expectOk(await connected.client('project.remove', { slug }));
    }
    expect((await begin(connected)).begun).toMatchObject({ state: 'waiting', guide: { act: 'authorize' } });
  });

  test('stands on the receipt as not proved where the vault knows none', async () => {
    await using connected = await connectedCore();
    connected.between.twist = async ({ path }, ask) => {
      const said = await ask();
      if (path !== '/api/v2/me/collaborations') return said;
      const others = [{ id: 'o-1', slug: 'github/elsewhere', name: 'elsewhere' }, ...JSON.parse(said.body)];
      return { ...said, body: JSON.stringify(others) };
    };
    const { begun } = await begin(connected);
    expect(begun.state).toBe('done');
    const what = 'the new token opens gh/elsewhere';
    expect(doubts(begun)).toMatchObject([{ what, asked: 'nobody' }]);
    expect(begun.steps.find(({ name }) => name === 'prove-new')?.detail).toContain(`whether ${what}`);
  });

  test('may be any where CircleCI does not list them, and the receipt says so', async () => {
    await using connected = await connectedCore();
    await connected.faults({ add: ['error=403@GET /api/v2/me/collaborations'] });
    const { begun } = await begin(connected);
    expect(begun.state).toBe('done');
    expect(doubts(begun)).toMatchObject([{ what: 'the new token opens every organization', answered: 'forbidden' }]);
  });

  test('is no doubt where all of them have answered', async () => {
    await using connected = await connectedCore();
    const { begun } = await begin(connected);
    expect(doubts(begun)).toEqual([]);
  });
});
