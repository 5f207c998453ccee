import { expect, test } from 'vitest';
import { success } from '../../../../shared/contract/result.ts';
import { sampleEntry } from '../../../support/contract-samples.ts';
import { bridge } from '../../../support/page-store.ts';

test('what the chain was found to be stays when the activity is read again', async () => {
  const entries = [sampleEntry()];
  const { store } = bridge({
    'audit.list': () => success({ entries }),
    'audit.verify': () => success({ ok: false, entries: 1, brokenAt: 7 }),
  });
  await store.getState().activityOpened();
  expect(store.getState().activity).toMatchObject({ is: 'read', chain: { is: 'unchecked' } });
  await store.getState().chainChecked();
  entries.push(sampleEntry());
  await store.getState().activityOpened();
  expect(store.getState().activity).toMatchObject({ is: 'read', entries, chain: { is: 'broken', at: 7 } });
});
