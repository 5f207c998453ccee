import type { BackupStanding } from '../../shared/contract/backup.ts';
import { exactTime, longDay } from './dates.ts';

export const backupsText = {
  part: 'Backups',
  partAbout: 'One is made every day, opened and checked. They lie beside the vault, as encrypted as it is.',
  none: 'No backup yet.',
  create: 'Back up now',
  creating: 'Backing up',
  list: 'Backups',
  here: 'Restore a backup',
  at: (createdAt: string) => `${longDay(createdAt)}, ${exactTime(createdAt)}`,
  standing: {
    fit: 'opened and checked when it was made',
    'another-vault': "another vault's: it cannot be restored here",
    'newer-format': 'made by a newer Rondo: this one cannot restore it',
    unreadable: 'cannot be read: its header is damaged',
  } satisfies Record<BackupStanding, string>,
  restore: 'Restore',
  restoreLabel: (createdAt: string) => `Restore the backup of ${longDay(createdAt)}, ${exactTime(createdAt)}`,
  problem: 'The last daily backup was not made.',
  title: 'Restore this backup?',
  about: (createdAt: string) => `Made on ${longDay(createdAt)}, ${exactTime(createdAt)}.`,
  stops: 'What happens',
  lines: [
    'It takes the place of the vault. What Rondo wrote down since then is not in it: values that were sealed since then too.',
    'The vault that is there now is kept beside it.',
    'Nothing changes on CircleCI. Rondo locks; unlock it with the password of the backup.',
  ],
  /** Where there is no vault. */
  lost: {
    lines: [
      'It becomes the vault here. What Rondo wrote down after it was made is not in it: values that were sealed since then too.',
      'Nothing changes on CircleCI. Rondo stays locked; unlock it with the password of the backup.',
    ],
    cancel: 'Do not restore it',
  },
  password: 'Password of the backup',
  show: 'Show the password',
  hide: 'Hide the password',
  type: 'Type RESTORE to restore it',
  word: 'RESTORE',
  cancel: 'Keep the vault',
  act: 'Restore the backup',
  restoring: 'Restoring',
} as const;
