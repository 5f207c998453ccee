import { afterEach, expect, test } from 'vitest';
import { sealBlob } from '../../../main/vault/blob.ts';
import { openRecordRow, sealSecret } from '../../../main/vault/sealed-rows.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { fromHex, sealing } from '../../support/sealing.ts';
import { type TemporaryVault, temporaryVault } from '../../support/temporary-vault.ts';

const clock = fakeClock();
let opened: TemporaryVault | undefined;
afterEach(() => {
  opened?.dispose();
  opened = undefined;
});

test('a revision says when a record was changed, and grows even where the clock does not', async () => {
  opened = await temporaryVault({ clock });
  const { session } = opened;
  const id = session.newId();
  const change = (revision?: number) =>
    session.write((transaction) => {
      const record = { id, kind: 'note', meta: {}, ...(revision === undefined ? {} : { revision }) };
      transaction.putRecord(record, 'none');
      return transaction.record(id)?.revision;
    });
  const start = clock.now();
  expect(change()).toBe(start);
  expect(change()).toBe(start + 1);
  clock.advance(60_000);
  expect(change()).toBe(start + 60_000);
  clock.advance(-3_600_000);
  expect(change()).toBe(start + 60_001);
  expect(change(start + 90_000), 'one that comes along from elsewhere stays').toBe(start + 90_000);
  expect(change()).toBe(start + 90_001);
  opened.vault.lock();
  const again = await opened.vault.unlock(opened.password());
  expect(again.record(id)?.revision).toBe(start + 90_001);
});

test('a record from before there were revisions opens, as the oldest', async () => {
  const keys = await sealing({ vaultId: new Uint8Array(16), vaultKey: new Uint8Array(32).fill(7), epoch: 1 });
  const rowId = fromHex('00112233445566778899aabbccddeeff');
  for (const revision of ['', ',"revision":"soon"', ',"revision":1.5']) {
    const content = Buffer.from(`{"kind":"token","meta":{"label":"old"}${revision}}`);
    const sealingOf = { content, sequence: 1, nonce: keys.nextNonce() };
    const meta = sealBlob(keys.arena, keys.identity, { kind: 'meta', rowId }, sealingOf);
    const secret = sealSecret({ keys, sequence: 1 }, rowId, new Uint8Array(0));
    expect(openRecordRow(keys, rowId, { meta, secret })?.record).toMatchObject({ meta: { label: 'old' }, revision: 0 });
  }
  keys.dispose();
});
