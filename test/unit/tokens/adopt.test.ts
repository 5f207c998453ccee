import { expect, test } from 'vitest';
import { bytes } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { heldValue } from '../../support/expect-replaced.ts';

const valueIn = (connected: ConnectedCore, remoteId?: string) => connected.alive().get(remoteId ?? '')?.value ?? '';

test.each(['danger', 'circleci-cli', 'old-laptop'])('the value of %s is kept once it was proved', async (label) => {
  await using connected = await connectedCore();
  const { id, remoteId } = await connected.pick({ label });
  const value = valueIn(connected, remoteId);
  const given = bytes(`Circle-Token: ${value}\r\n`);
  const { token } = expectOk(await connected.client('token.adopt', { id, value: given }));
  expect(token).toMatchObject({ id, hasValue: 'kept', tail: value.slice(-4) });
  expect(given.every((byte) => byte === 0)).toBe(true);
  expect(await heldValue(connected, id)).toBe(value);
  expectOk(await connected.client('token.taken', { id }));
  expect(await heldValue(connected, id), 'kept').toBe(value);
  expect(expectOk(await connected.client('token.check', { ids: [id] })).checks).toMatchObject([{ state: 'works' }]);
});

test('a status badge of a public project proves nothing, and the id inside the value does', async () => {
  await using connected = await connectedCore();
  const { id, remoteId } = await connected.pick({ label: 'chromatic' });
  expectOk(await connected.client('token.adopt', { id, value: bytes(valueIn(connected, remoteId)) }));
});

test('what is not its value is refused, and nothing is kept', async () => {
  await using connected = await connectedCore();
  const { client } = connected;
  const danger = await connected.pick({ label: 'danger' });
  const cli = await connected.pick({ label: 'circleci-cli' });
  const other = await connected.pick({ label: 'grafana-exporter', project: 'gh/tidewater/web' });
  const jonas = [...connected.alive().values()].find(({ label }) => label === 'jonas-laptop');
  const dead = valueIn(connected, danger.remoteId).replace(/.{4}$/, '0000');
  const refused: [string, string, RegExp][] = [
    [danger.id, 'hello', /shape/],
    [danger.id, '', /no token/],
    [danger.id, connected.sandbox.personalToken, /not a project one/],
    [danger.id, valueIn(connected, other.remoteId), /another token/],
    [danger.id, dead, /refuses it/],
    [cli.id, connected.sandbox.personalToken, /another token/],
    [cli.id, jonas?.value ?? '', /another user/],
  ];
  for (const [id, value, says] of refused) {
    const error = expectFailure(await client('token.adopt', { id, value: bytes(value) }));
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(says) });
    if (value !== '') expect(JSON.stringify(error)).not.toContain(value);
    expect(await heldValue(connected, id)).toBeUndefined();
  }
  expect(expectFailure(await client('token.adopt', { id: 'ffffffffffff', value: bytes('x') })).code).toBe('not-found');
});

test('a value that replaced another is no value of the old token', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  const { replacement = '' } = await connected.rotate(old, { retire: 'taken' });
  const value = bytes((await heldValue(connected, replacement)) ?? '');
  expect(expectFailure(await connected.client('token.adopt', { id: old.id, value })).message).toMatch(/another token/);
});
