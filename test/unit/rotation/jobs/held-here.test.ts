import { expect, test } from 'vitest';
import { connectedCore } from '../../../support/connected-core.ts';
import { expectOk } from '../../../support/core-pieces.ts';
import { backUp } from '../../../support/restored-backup.ts';

test('an incident finds what this machine held, also after a backup without those values was restored', async () => {
  await using connected = await connectedCore();
  const { client, account, sandbox } = connected;
  const held = async () => {
    const { items } = expectOk(await client('job.preview', { ids: [], filter: { heldHere: true } }));
    return items.map(({ token }) => token.id).toSorted();
  };
  const before = await held();
  const order = { project: 'gh/tidewater/web', scope: 'admin', label: 'mine', keep: false, account } as const;
  const made = expectOk(await client('token.create-project', order)).token;
  const { replacement = '' } = await connected.rotate(await connected.pick({ label: 'danger' }));
  const adopted = await connected.pick({ label: 'fastlane' });
  const value = sandbox.tokens().find(({ id }) => id === adopted.remoteId)?.value ?? '';
  expectOk(await client('token.adopt', { id: adopted.id, value: new TextEncoder().encode(value) }));
  const known = [...before, made.id, replacement, adopted.id].toSorted();
  expect(await held()).toEqual(known);

  const restore = await backUp(connected);
  await restore();
  expect(await connected.pick({ id: made.id })).toMatchObject({ hasValue: 'none' });
  expect(await held()).toEqual(known);
});
