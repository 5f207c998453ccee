import { expect, test } from 'vitest';
import { hasFitBackup } from '../../../../renderer/state/backups.ts';
import type { Backup } from '../../../../shared/contract/backup.ts';

const backup: Backup = {
  path: '/v/b.rondo',
  createdAt: '2026-11-25T20:00:00.000Z',
  verified: false,
  checked: 'when-made',
  standing: 'another-vault',
};

test('only a backup that can be restored here says that a vault was here', () => {
  const view = (...backups: Backup[]) => ({ is: 'read', backups }) as const;
  expect(hasFitBackup(view(backup, { ...backup, standing: 'unreadable' }))).toBe(false);
  expect(hasFitBackup(view(backup, { ...backup, standing: 'fit' }))).toBe(true);
  expect(hasFitBackup({ is: 'unread' })).toBe(false);
});
