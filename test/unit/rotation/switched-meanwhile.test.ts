import { describe, expect, test } from 'vitest';
import { byHand, bytes } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';

/**
 * A person gives the account a third token at the moment in which the switch to the new one is proved. `said`: what
 * CircleCI answers that question with, whoever asks it.
 */
async function givenMeanwhile(connected: ConnectedCore, said?: { status: number; body: string }) {
  const { between, sandbox, client } = connected;
  const third = await byHand(sandbox).create({ label: 'third', scope: 'admin' });
  const old = await connected.pick({ label: 'rondo' });
  let wasMade = false;
  let isGiven = false;
  let proofs = 0;
  between.twist = async ({ method, path, value }, ask) => {
    wasMade ||= method === 'POST';
    // The value of the new token asks twice: once as such, once as what the account signs in with.
    const isNew = wasMade && path.endsWith('/me') && value !== sandbox.personalToken && value !== third.value;
    if (isNew) proofs += 1;
    if (!isNew || proofs < 2 || isGiven) return isGiven && said !== undefined && path.endsWith('/me') ? said : ask();
    isGiven = true;
    between.twist = undefined;
    expectOk(await client('account.add', { host: between.url, value: bytes(third.value) }));
    if (said !== undefined) between.twist = ({ path: asked }, pass) => (asked.endsWith('/me') ? said : pass());
    return said ?? undefined;
  };
  const rotation = await connected.rotate(old);
  between.twist = undefined;
  return { rotation, old, third, isGiven };
}

async function expectSignedInWith({ client, between }: ConnectedCore, value: string): Promise<void> {
  const before = between.asked.length;
  expectOk(await client('sync.run', {}));
  expect(new Set(between.asked.slice(before).map((asked) => asked.value))).toEqual(new Set([value]));
}

describe('the account is given another token while the switch is proved', () => {
  test.each([
    ['and that answers', undefined],
    ['and CircleCI refuses whoever asks', { status: 401, body: '{}' }],
  ])('%s: it stays, and no proof names the new one', async (_what, said) => {
    await using connected = await connectedCore();
    const { rotation, old, third, isGiven } = await givenMeanwhile(connected, said);
    expect(isGiven).toBe(true);
    expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
    expect(rotation.error?.message).toMatch(/signed in with another token/);
    expect(rotation.proofs?.map(({ what }) => what)).not.toContain('Rondo signs in with the new token');
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    await expectSignedInWith(connected, third.value);
    const [ended] = await connected.resume();
    expect(ended).toMatchObject({ state: 'done' });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    await expectSignedInWith(connected, third.value);
  });
});
