import { describe, expect, test } from 'vitest';
import type { Token } from '../../../shared/contract/token.ts';
import { byHand, bytes, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore, signInValue } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { heldValue } from '../../support/expect-replaced.ts';
import type { Twist } from '../../support/in-between.ts';

/** By hand where less can be proved: a list that comes late, or a value that has no id inside. */
const guided = { guided: true } as const;

const listAnswers =
  (status: number): Twist =>
  ({ method, path }, ask) =>
    method === 'GET' && path.endsWith('/token') ? { status, body: '{}' } : ask();

test('a list that comes later does not make an older token of that name the new one', async () => {
  await using connected = await connectedCore();
  const { sandbox } = connected;
  const old = await connected.pick({ label: 'circleci-cli' });
  connected.between.twist = listAnswers(405);
  const begun = await connected.rotate(old, guided);
  connected.between.twist = undefined;
  const fresh = await byHand(sandbox).create({ label: 'circleci-cli', scope: 'admin' });
  const { replacement = '' } = await tell(connected, begun, { value: fresh.value });
  expect(replacement).not.toBe(old.id);
  expect(await heldValue(connected, replacement)).toBe(fresh.value);
});

describe('a value without an id inside', () => {
  const refusal = { code: 'invalid-input', message: expect.stringMatching(/Nothing tells this value from that of/) };
  const valueAt = (connected: ConnectedCore, { remoteId = '' }: Token) => connected.alive().get(remoteId)?.value ?? '';
  const paste = (connected: ConnectedCore, id: string, value: string) =>
    connected.client('rotation.resume', { ids: [id], value: bytes(value) });

  test.each([
    ['a personal token', { label: 'old-laptop' }],
    ['a status token', { scope: 'status', project: 'gh/tidewater/web' }],
  ])('that is the old one of %s is refused, though there is a new token of that name', async (_what, wanted) => {
    await using connected = await connectedCore();
    const old = await connected.pick(wanted);
    const oldValue = valueAt(connected, old);
    expect(oldValue).toMatch(/^[0-9a-f]{40}$/);
    const begun = await connected.rotate(old, guided);
    const fresh = await byHand(connected.sandbox).create({
      label: old.label,
      scope: old.scope ?? 'admin',
      ...(old.project === undefined ? {} : { project: old.project }),
    });
    expect(expectFailure(await paste(connected, begun.id, oldValue))).toMatchObject(refusal);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ state: 'waiting' });
  });

  test('of the old token is known once it was adopted', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'old-laptop' });
    const value = valueAt(connected, old);
    expectOk(await connected.client('token.adopt', { id: old.id, value: bytes(value) }));
    const begun = await connected.rotate(old, guided);
    await byHand(connected.sandbox).create({ label: 'old-laptop', scope: 'admin' });
    const error = expectFailure(await paste(connected, begun.id, value));
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/knows that value/) });
  });
});

describe('what Rondo signed in with earlier', () => {
  test('is no new value, and was held here', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const first = new TextDecoder().decode(signInValue(sandbox));
    const other = [...connected.alive().values()].find(({ label }) => label === 'old-laptop')?.value ?? '';
    expectOk(await client('account.add', { host: between.url, value: bytes(other) }));
    expectOk(await client('account.add', { host: between.url, value: bytes(first) }));
    expectOk(await client('sync.run', {}));
    const begun = await connected.rotate(await connected.pick({ label: 'circleci-cli' }), guided);
    await byHand(sandbox).create({ label: 'circleci-cli', scope: 'admin' });
    for (const value of [first, other]) {
      const error = expectFailure(await client('rotation.resume', { ids: [begun.id], value: bytes(value) }));
      expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/knows that value/) });
    }
    expectOk(await client('sync.run', {}));
    expectOk(await client('account.add', { host: between.url, value: bytes(other) }));
    const { items } = expectOk(await client('job.preview', { ids: [], filter: { heldHere: true } }));
    expect(items.map(({ token }) => token.label)).toContain('rondo');
  });
});
