import { expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';

test('an account shows where it was refused a create when it last asked, and no longer once that works', async () => {
  await using connected = await connectedCore();
  const { client } = connected;
  const refused = async () => expectOk(await client('account.list', {})).accounts[0]?.refusedCreates;
  const old = await connected.pick({ label: 'danger' });
  expect(await refused()).toBeUndefined();
  await connected.faults({ add: ['error=403@POST /api/v1.1/project'] });
  expect(await connected.rotate(old)).toMatchObject({ state: 'waiting', guide: { act: 'create' } });
  expect(await refused()).toEqual(['gh/tidewater/web']);
  await connected.faults({ clear: true });
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  expect(await refused()).toBeUndefined();
});
