import type { AuditEntry } from '../../shared/contract/audit.ts';

const acts: Readonly<Record<string, string>> = {
  'vault.created': 'Vault created',
  'vault.create': 'Vault created',
  'vault.unlock': 'Vault unlocked',
  'vault.password-changed': 'Password changed',
  'vault.unlocked': 'Vault unlocked',
  'vault.lock': 'Vault locked',
  'vault.locked': 'Vault locked',
  'account.added': 'Account added',
  'account.removed': 'Account removed',
  'account.earlier-ended': 'Earlier sign-in ended',
  'account.synced': 'Account read',
  'project.added': 'Project added',
  'project.removed': 'Project removed',
  'token.created': 'Created',
  'token.creating': 'Creating begun',
  'token.creation-unclear': 'Creating unclear',
  'token.orphan-deleted': 'Lost token deleted',
  'token.taken': 'Value taken',
  'token.edited': 'Edited',
  'token.deleted': 'Deleted',
  'token.rotated': 'Rotated',
  'rotation.started': 'Rotation begun',
  'rotation.abandoned': 'Rotation given up',
  'rotation.failed': 'Rotation failed, nothing was changed',
  'rotation.needs-attention': 'Rotation needs attention',
};

export function actWords(entry: AuditEntry): string {
  const words = acts[entry.action] ?? entry.action;
  return entry.outcome === 'failed' && !entry.action.startsWith('rotation.') ? `${words}, failed` : words;
}

/** Ids in a detail say nothing to a person; the row names the token already. */
export function detailWords(entry: AuditEntry): string {
  return (entry.detail === 'ok' ? '' : (entry.detail ?? '')).replace(/\b[0-9a-f]{32}\b/g, (id) => id.slice(0, 6));
}

export const activityText = {
  title: 'Activity',
  about: 'Every act and its result, in a log whose tampering shows.',
  filter: 'Search the activity',
  filterHint: 'Act, token, who',
  columns: { at: 'When', act: 'What', subject: 'Token', detail: 'Detail', actor: 'Door', hash: 'Entry' },
  table: 'Activity',
  verify: 'Check the chain',
  verifying: 'Checking',
  whole: (entries: number) => `The chain is whole: ${entries} entries, each covers every one before it.`,
  broken: (at: number) => `The chain is broken at entry ${at}. Somebody changed the vault's file, or it is damaged.`,
  brokenHint: 'Everything that could be read is shown. Compare with a backup.',
  none: 'Nothing happened yet.',
  noMatch: 'No entry matches.',
} as const;
