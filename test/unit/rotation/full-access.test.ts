import { describe, expect, test } from 'vitest';
import { byHand, bytes, tell } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { withRows } from '../../support/in-between.ts';

/** A personal token of before there were access levels: its row has none, while those of others do. `made`: of the next. */
async function withLegacy(made?: { readonly access: string }) {
  const connected = await connectedCore();
  const { between, sandbox } = connected;
  const { id } = await byHand(sandbox).create({ label: 'legacy', scope: 'admin' });
  between.twist = async ({ method, path, value = '', body }, ask) => {
    if (method === 'GET' && path.endsWith('/user/token'))
      return withRows(ask, (row) => (row.id === id ? { ...row, scope: undefined } : row));
    if (method !== 'POST' || made === undefined) return ask();
    const sent = JSON.stringify({ ...JSON.parse(body), scope: made.access });
    const answer = await fetch(new URL(path, sandbox.url), { method, headers: { 'circle-token': value }, body: sent });
    return { status: answer.status, body: await answer.text() };
  };
  connected.advance(1_000);
  expectOk(await connected.client('sync.run', {}));
  const old = await connected.pick({ label: 'legacy' });
  expect(old).not.toHaveProperty('access');
  const isAlive = () => connected.alive().has(id);
  return { connected, old, isAlive, [Symbol.asyncDispose]: () => connected[Symbol.asyncDispose]() };
}

describe('a personal token of no access level', () => {
  test.each(['read', 'write'])('is not replaced by one that may only %s', async (access) => {
    await using here = await withLegacy({ access });
    const rotation = await here.connected.rotate(here.old);
    expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
    expect(rotation.steps.find(({ state }) => state === 'failed')?.name).toBe('prove-new');
    expect(rotation.error?.message).toContain(`asked for full access, it has ${access}. The old token was not touched`);
    expect(here.isAlive()).toBe(true);
  });

  test('is replaced by one that may do all that its user may', async () => {
    await using here = await withLegacy({ access: 'admin' });
    expect(await here.connected.rotate(here.old)).toMatchObject({ state: 'done' });
  });

  test('asks for full access where a person makes the new one, and takes no less', async () => {
    await using here = await withLegacy();
    const { connected, old } = here;
    const begun = await connected.rotate(old, { guided: true });
    expect(begun.guide?.line).toContain('Create a token named "legacy" with the access admin, where');
    const less = await byHand(connected.sandbox).create({ label: 'legacy', scope: 'read' });
    const said = await connected.client('rotation.resume', { ids: [begun.id], value: bytes(less.value) });
    expect(expectFailure(said)).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('has only the access read'),
    });
    await byHand(connected.sandbox).remove(less.id);
    const fresh = await byHand(connected.sandbox).create({ label: 'legacy', scope: 'admin' });
    expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ guide: { act: 'delete' } });
  });
});

test('the guide of a project token speaks of no access', async () => {
  await using connected = await connectedCore();
  const begun = await connected.rotate(await connected.pick({ label: 'danger' }), { guided: true });
  expect(begun.guide?.line).not.toContain('access');
});
