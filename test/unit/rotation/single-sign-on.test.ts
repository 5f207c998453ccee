import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { byHand, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';
import { backUp, resumeNamed } from '../../support/restored-backup.ts';

const organization = 'gh/tidewater';

async function waiting(
  connected: ConnectedCore,
  label: string,
  more: { guided?: true; retire?: 'taken' | number } = {},
) {
  const old = await connected.pick({ label });
  const before = new Set(connected.alive().keys());
  const begun = await connected.rotate(old, more);
  const remoteId = async () => (await connected.pick({ rotatedFrom: old.id })).remoteId ?? '';
  return { old, before, begun, remoteId };
}

/** Somebody has the new value, and the vault does not any more. */
async function takenAndRestored(connected: ConnectedCore, { replacement: id = '' }: Rotation): Promise<void> {
  expectOk(await connected.client('token.take', { id }));
  expectOk(await connected.client('token.taken', { id }));
  const restore = await backUp(connected);
  await restore();
}

describe('an organization with single sign-on', () => {
  test.each(['circleci-cli', 'rondo'])('has the new token authorized before the old one goes: %s', async (label) => {
    await using connected = await connectedCore({ variants: ['sso'] });
    const { old, before, begun, remoteId } = await waiting(connected, label);
    expect(begun).toMatchObject({
      state: 'waiting',
      byHand: ['prove-new'],
      guide: { act: 'authorize', url: `${connected.between.url}/settings/user/tokens` },
    });
    expect(begun.guide?.line).toContain(organization);
    expect(await connected.resume()).toEqual([begun]);

    const early = await connected.client('rotation.resume', { ids: [begun.id], confirm: 'authorized' });
    expect(expectFailure(early)).toMatchObject({
      code: 'needs-attention',
      message: expect.stringMatching(/kept out of gh\/tidewater/),
    });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    const asked = connected.between.asked.length;
    expectOk(await connected.client('sync.run', {}));
    const values = new Set(connected.between.asked.slice(asked).map(({ value }) => value));
    expect(values, 'Rondo signs in as before').toEqual(new Set([connected.sandbox.personalToken]));

    await byHand(connected.sandbox).authorize(await remoteId(), organization);
    const ended = await tell(connected, begun, { confirm: 'authorized' });
    expect(ended.state).toBe('done');
    expect(ended.receipt?.proofs).toContainEqual(
      expect.objectContaining({ what: `the new token opens ${organization}`, answered: '200', ok: true }),
    );
    await expectReplaced(connected, old, before);
  });

  test('asks nothing more of a token that was authorized where it was made', async () => {
    await using connected = await connectedCore({ variants: ['sso'] });
    const { old, begun } = await waiting(connected, 'circleci-cli', { guided: true });
    const fresh = await byHand(connected.sandbox).create({ label: old.label, scope: 'admin' });
    await byHand(connected.sandbox).authorize(fresh.id, organization);
    expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ guide: { act: 'delete' } });
  });

  test.each([
    ['when the value is taken', 'taken'],
    ['after an hour', 3_600_000],
  ] as const)('is asked for once, also where the old one goes %s', async (_when, retire) => {
    await using connected = await connectedCore({ variants: ['sso'] });
    const { old, begun, remoteId } = await waiting(connected, 'circleci-cli', { retire });
    await byHand(connected.sandbox).authorize(await remoteId(), organization);
    const authorized = await tell(connected, begun, { confirm: 'authorized' });
    expect(authorized).toMatchObject({ state: 'waiting' });
    expect(authorized).not.toHaveProperty('guide');
    const fresh = { id: begun.replacement ?? '' };
    if (retire === 'taken') {
      expectOk(await connected.client('token.take', fresh));
      expectOk(await connected.client('token.taken', fresh));
    } else {
      connected.advance(retire);
    }
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
  });

  test('is not forgotten where the value was taken and a backup is without it', async () => {
    await using connected = await connectedCore({ variants: ['sso'] });
    const { old, before, begun } = await waiting(connected, 'circleci-cli');
    await takenAndRestored(connected, begun);
    const resumed = await resumeNamed(connected, begun);
    expect(resumed).toMatchObject({ state: 'waiting', guide: begun.guide });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    const ended = await tell(connected, begun, { confirm: 'authorized' });
    expect(ended.state).toBe('done');
    expect(ended.receipt?.proofs).toContainEqual(
      expect.objectContaining({
        what: `the new token opens ${organization}`,
        answered: expect.stringContaining('its owner says'),
        ok: false,
      }),
    );
    expect(connected.alive().size).toBe(before.size);
  });

  test('stands on the receipt as not asked where the value was gone before anybody asked', async () => {
    await using connected = await connectedCore();
    let isMade = false;
    connected.between.twist = ({ method, path }, ask) => {
      if (isMade && path.endsWith('/user/token')) return { status: 502, body: '{}' };
      isMade ||= method === 'POST';
      return ask();
    };
    const { begun } = await waiting(connected, 'circleci-cli');
    expect(begun).toMatchObject({ state: 'needs-attention' });
    await takenAndRestored(connected, begun);
    connected.between.twist = undefined;
    const ended = await resumeNamed(connected, begun);
    expect(ended.state).toBe('done');
    expect(ended.receipt?.proofs).toContainEqual(
      expect.objectContaining({ what: 'the new token opens every organization', ok: false }),
    );
  });

  test('concerns no project token', async () => {
    await using connected = await connectedCore({ variants: ['sso'] });
    expect((await waiting(connected, 'danger')).begun).toMatchObject({ state: 'done', guided: false });
  });
});
