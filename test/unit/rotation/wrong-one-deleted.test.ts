import { expect, test } from 'vitest';
import { byHand, tell } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

const gone = /does not list the new token any more/;

test.each([
  ['a status token, which no use tells from another', { scope: 'status', project: 'gh/tidewater/web' }, 'status'],
  ['a project token', { label: 'danger' }, 'view-builds'],
] as const)('a guided rotation of %s does not end where both were deleted by hand', async (_what, wanted, scope) => {
  await using connected = await connectedCore();
  const hand = byHand(connected.sandbox);
  const old = await connected.pick(wanted);
  const begun = await connected.rotate(old, { guided: true });
  const fresh = await hand.create({ label: old.label, scope, project: 'gh/tidewater/web' });
  expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ guide: { act: 'delete' } });

  // The two share their name: first the wrong one, then the other.
  await hand.remove(fresh.id);
  await hand.remove(old.remoteId ?? '');
  const told = await connected.client('rotation.resume', { ids: [begun.id], confirm: 'deleted' });

  expect(expectFailure(told)).toMatchObject({ code: 'needs-attention', message: expect.stringMatching(gone) });
  const { rotations } = expectOk(await connected.client('rotation.show', { id: begun.id }));
  expect(rotations).toMatchObject([{ state: 'waiting', guide: { act: 'delete' } }]);
});
