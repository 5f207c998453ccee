import { expect, test } from 'vitest';
import { byHand, bytes, tell } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

/** A host that lists values in clear: every row has a fingerprint once it was synced, and that says nothing of who has it. */
const options = { variants: ['plain-values'] } as const;

test('what came of a lost creation is found and deleted, also when a sync saw it first', async () => {
  await using connected = await connectedCore(options);
  const old = await connected.pick({ label: 'danger' });
  const before = new Set(connected.alive().keys());
  await connected.faults({ add: ['drop-after=POST /#1'] });
  let isCut = false;
  connected.between.twist = ({ method }, ask) => {
    isCut ||= method === 'POST';
    return isCut && method === 'GET' ? { status: 500, body: '' } : ask();
  };
  expect(await connected.rotate(old)).toMatchObject({ state: 'needs-attention' });
  connected.between.twist = undefined;
  await connected.faults({ clear: true });
  const [orphan] = [...connected.alive().keys()].filter((id) => !before.has(id));
  expectOk(await connected.client('sync.run', {}));
  expect(await connected.pick({ remoteId: orphan ?? '' })).toMatchObject({ hasValue: 'none' });

  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  const fresh = await expectReplaced(connected, old, before);
  expect(fresh.id).not.toBe(orphan);
});

test('a token that was made by hand is taken, also when a sync saw it first; others are refused', async () => {
  await using connected = await connectedCore(options);
  const { client, sandbox } = connected;
  const old = await connected.pick({ label: 'danger' });
  const before = new Set(connected.alive().keys());
  const [there, elsewhere] = ['grafana-exporter', 'fastlane'].map((label) =>
    [...connected.alive().values()].find((token) => token.label === label),
  );
  const begun = await connected.rotate(old, { guided: true });
  const fresh = await byHand(sandbox).create({ label: 'danger', scope: 'view-builds', project: 'gh/tidewater/web' });
  connected.advance(1_000);
  expectOk(await client('sync.run', {}));

  for (const wrong of [connected.alive().get(old.remoteId ?? ''), there, elsewhere]) {
    const said = { ids: [begun.id], value: bytes(wrong?.value ?? '') };
    expect(expectFailure(await client('rotation.resume', said)).code, wrong?.label).toBe('invalid-input');
  }
  const made = await tell(connected, begun, { value: fresh.value });
  expect(made).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
  await byHand(sandbox).remove(old.remoteId ?? '');
  expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
  expect((await expectReplaced(connected, old, before)).id).toBe(fresh.id);
});
