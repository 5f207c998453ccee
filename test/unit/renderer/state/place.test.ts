import { expect, test } from 'vitest';
import { bridge } from '../../../support/page-store.ts';

test('whoever goes somewhere is not held at the way in', () => {
  const { store } = bridge({});
  expect(store.getState().beginning).toBe('offered');
  store.getState().went({ at: 'settings' });
  expect(store.getState()).toMatchObject({ beginning: 'skipped', place: { at: 'settings' } });
});
