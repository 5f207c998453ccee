import type { Damage, DamagedPart } from '../../shared/contract/vault.ts';
import { markFileName } from '../../shared/vault-files.ts';
import { count } from './count.ts';
import { exactTime, longDay } from './dates.ts';

const kinds: Readonly<Record<Damage['kind'], string>> = {
  header: 'Copy of the header',
  record: 'Entry',
  journal: 'Rotation under way',
  manifest: 'Manifest',
  log: 'Entry of the activity',
  file: 'File',
};

const recordKinds: Readonly<Record<string, string>> = {
  account: 'Account',
  project: 'Project',
  token: 'Token',
  rotation: 'Rotation',
  job: 'Job',
};

/** Beside the one part of a record that comes from elsewhere, or is lost. */
const rests = { description: 'its value is as it was', value: 'all else is as it was' } as const;

function remedyOf({ kind, remedy, instead, backup, only }: DamagedPart): string {
  const what = only === undefined ? '' : `its ${only} `;
  const rest = only === undefined ? '' : `, ${rests[only]}`;
  switch (remedy) {
    case 'made-anew':
      return 'is made anew, and nothing of it is lost';
    case 'from-backup':
      return `${what}comes back from ${backupOf(backup)}${rest}`;
    case 'from-file':
      return `${what}was found in the vault's own file${rest}`;
    case 'accepted':
      return 'is accepted as it is';
    case 'set-aside':
      if (kind === 'log')
        return 'no backup is known to have the entry that stood here, or the one before it: it is lost';
      return instead === undefined
        ? `no backup is known to have it: the vault goes on without it${rest}`
        : `no backup is known to have it as it last was: it goes on as ${olderForm[instead](backup)}`;
  }
}

const olderForm = {
  'from-backup': (backup: DamagedPart['backup']) => `in ${backupOf(backup)}`,
  'from-file': () => "an older form that was found in the vault's own file",
} as const;

function backupOf(backup: DamagedPart['backup']): string {
  return backup === undefined
    ? 'a backup'
    : `the backup of ${longDay(backup.createdAt)}, ${exactTime(backup.createdAt)}`;
}

const isMark = ({ id }: DamagedPart) => id === markFileName;
/** The others keep Rondo from writing: main/vault/findings.ts. */
const isHarmless = (part: DamagedPart) => isMark(part) || (part.kind === 'header' && part.id !== 'header');

export const damageText = {
  found: (parts: readonly DamagedPart[]) =>
    parts.every(isMark)
      ? 'An older copy of the vault was put in its place.'
      : `${count(parts.length, 'part')} of the vault could not be read as it should be.`,
  foundAbout: (parts: readonly DamagedPart[]) =>
    parts.every(isHarmless)
      ? 'Everything in it is here, and Rondo goes on as before. A repair accepts it as it is.'
      : 'Everything else is here, and nothing was removed. Until it is repaired, Rondo writes nothing into it.',
  look: 'See what is damaged',
  title: 'What is damaged',
  about: 'The damaged file is kept beside the vault, whatever you choose.',
  list: 'Damaged parts',
  part: ({ kind, recordKind }: DamagedPart) => recordKinds[recordKind ?? ''] ?? kinds[kind],
  /** Of what has an id, the beginning, as elsewhere. */
  id: ({ kind, id }: DamagedPart) => (kind === 'record' || kind === 'journal' ? id.slice(0, 12) : id),
  line: (part: DamagedPart) => `${part.reason}; ${remedyOf(part)}.`,
  proven: 'What comes out is proved to be what the vault held.',
  unproven: 'Nobody can prove that nothing else is missing: look through it afterwards.',
  beforeNewKeys: (backups: number) =>
    `${count(backups, 'backup')} from before the vault got new keys cannot give single parts. One of them can be restored whole, in the settings.`,
  locks: 'Rondo locks afterwards. Nothing changes on CircleCI.',
  type: 'Type REPAIR to repair the vault',
  word: 'REPAIR',
  typeLost: (parts: number) => `Type SET-ASIDE to go on without ${count(parts, 'part')} as last written`,
  wordLost: 'SET-ASIDE',
  keep: 'Leave it as it is',
  act: 'Repair the vault',
  repairing: 'Repairing',
} as const;
