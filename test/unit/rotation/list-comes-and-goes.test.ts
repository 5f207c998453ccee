import { expect, test } from 'vitest';
import { byHand, tell } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';
import { withRows } from '../../support/in-between.ts';

test('a list that comes back after the old token was deleted by hand lets Rondo create', async () => {
  await using connected = await connectedCore();
  const { between, sandbox } = connected;
  const old = await connected.pick({ label: 'circleci-cli' });
  const before = new Set(connected.alive().keys());
  between.twist = ({ path }, ask) => (path.includes('/user/token') ? { status: 404, body: '{}' } : ask());
  const begun = await connected.rotate(old, { mode: 'cut-over' });
  await byHand(sandbox).remove(old.remoteId ?? '');
  expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ guide: { act: 'create' } });
  between.twist = undefined;
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  await expectReplaced(connected, old, before);
});

test('a row that cannot be read is no reason to say that the old token is gone', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  connected.between.twist = ({ path, method }, ask) =>
    method === 'GET' && path.endsWith('/token')
      ? withRows(ask, (row) => (row.id === old.remoteId ? { ...row, id: { odd: 1 } } : row))
      : ask();
  expect(await connected.rotate(old)).toMatchObject({
    state: 'failed',
    error: { code: 'server-error', message: expect.stringMatching(/could not be read completely/) },
  });
});
