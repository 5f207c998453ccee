import type { AuditAction } from '../../shared/audit-actions.ts';
import type { AuditEntry } from '../../shared/contract/audit.ts';
import { count } from './count.ts';
import { daysInWords, exactTime } from './dates.ts';

const acts: Readonly<Record<AuditAction, string>> = {
  'vault.unlock': 'Unlocking',
  'vault.password-changed': 'Password changed',
  'vault.re-keyed': 'New keys made',
  'vault.strengthened': 'Key derivation strengthened',
  'vault.repaired': 'Vault repaired',
  'vault.carved': 'Vault rebuilt from its bytes',
  'vault.older-copy': 'Older copy of the vault found in its place',
  'vault.keychain-added': 'Keychain turned on',
  'vault.keychain-removed': 'Keychain turned off',
  'vault.recovery-added': 'Recovery code made',
  'vault.recovery-removed': 'Recovery code removed',
  'vault.exported': 'Exported',
  'vault.imported': 'Imported',
  'backup.created': 'Backup made',
  'backup.restored': 'Backup restored',
  'account.signing-in': 'Sign-in with the browser begun',
  'account.added': 'Account added',
  'account.removed': 'Account removed',
  'account.earlier-ended': 'Earlier sign-in ended',
  'account.synced': 'Account read',
  'project.added': 'Project added',
  'project.removed': 'Project removed',
  'token.creating': 'Creating begun',
  'token.created': 'Created',
  'token.creation-unclear': 'Creating unclear',
  'token.orphan-deleted': 'Lost token deleted',
  'token.adopted': 'Value entered by hand',
  'token.taken': 'Value taken',
  'token.edited': 'Edited',
  'token.deleted': 'Deleted',
  'token.rotated': 'Rotated',
  'rotation.started': 'Rotation begun',
  'rotation.abandoned': 'Rotation given up',
  'rotation.failed': 'Rotation failed, nothing was changed',
  'rotation.needs-attention': 'Rotation needs attention',
  'job.started': 'Job begun',
  'job.paused': 'Job paused',
  'job.resumed': 'Job resumed',
  'job.retried': 'Job: failed ones tried again',
  'job.stopped': 'Job stopped',
  'job.done': 'Job done',
};

export function actWords(entry: AuditEntry): string {
  const words = isKnown(entry.action) ? acts[entry.action] : entry.action;
  return entry.outcome === 'failed' && !entry.action.startsWith('rotation.') ? `${words}, failed` : words;
}

function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(acts, action);
}

/** Ids in a detail say nothing to a person; the row names the token already. */
export function detailWords(entry: AuditEntry): string {
  const detail = entry.detail === 'ok' ? '' : (entry.detail ?? '');
  return daysInWords(detail.replace(/\b[0-9a-f]{32}\b/g, (id) => id.slice(0, 6)));
}

export const activityText = {
  title: 'Activity',
  about: 'Every act and its result, in a log whose tampering shows.',
  filter: 'Search the activity',
  filterHint: 'Act, token, who',
  columns: { at: 'When', act: 'What', subject: 'Token or account', detail: 'Detail', actor: 'Door', hash: 'Entry' },
  table: 'Activity',
  verify: 'Check the chain',
  verifying: 'Checking',
  whole: (entries: number, at: string) =>
    `The chain is whole as of ${exactTime(at)}: ${count(entries, 'entry', 'entries')}, each covers every one before it.`,
  broken: (at: number) => `The chain is broken at entry ${at}. Somebody changed the vault's file, or it is damaged.`,
  brokenHint: 'Everything that could be read is shown. Compare with a backup.',
  none: 'Nothing happened yet.',
  unread: 'The activity could not be read',
  noMatch: (search: string, entries: number) =>
    `No entry matches "${search}". ${count(entries, 'entry is', 'entries are')} hidden by the search.`,
  clear: 'Clear search',
} as const;
