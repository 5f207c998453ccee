import { expect, test } from 'vitest';
import { activityText } from '../../../../renderer/text/audit.ts';
import { exactTime } from '../../../../renderer/text/dates.ts';
import { success } from '../../../../shared/contract/result.ts';
import { sampleEntry } from '../../../support/contract-samples.ts';
import { someMorning } from '../../../support/fake-clock.ts';
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

test('a chain that was whole is not said to be whole for what came after it was checked', async () => {
  const entries = [sampleEntry()];
  const { store } = bridge({
    'audit.list': () => success({ entries }),
    'audit.verify': () => success({ ok: true, entries: entries.length }),
  });
  await store.getState().activityOpened();
  await store.getState().chainChecked();
  entries.push(sampleEntry());
  await store.getState().activityOpened();
  const { activity } = store.getState();
  const at = new Date(someMorning).toISOString();
  expect(activity).toMatchObject({ entries, chain: { is: 'whole', entries: 1, at } });
  expect(activityText.whole(1, at)).toContain(`as of ${exactTime(at)}: 1 entry,`);
});
