import type { Account } from '../../shared/contract/account.ts';
import type { Project } from '../../shared/contract/project.ts';
import type { VaultSession } from '../vault/vault.ts';
import type { AccountRecord } from './account-store.ts';
import { type ProjectRecord, projectStore } from './project-store.ts';
import { presentAccounts } from './sign-in.ts';

export function accountView(record: AccountRecord): Account {
  const known = record.capabilities;
  return {
    id: record.id,
    name: record.name,
    host: record.origin,
    login: record.login,
    userId: record.userId,
    kind: record.kind,
    capabilities: {
      'personal.list': known['personal.list'] ?? 'unknown',
      'personal.create': known['personal.create'] ?? 'unknown',
      'personal.delete': known['personal.delete'] ?? 'unknown',
      'project.list': known['project.list'] ?? 'unknown',
      'project.create': known['project.create'] ?? 'unknown',
      'project.delete': known['project.delete'] ?? 'unknown',
    },
    ...(record.refusedCreates === undefined ? {} : { refusedCreates: [...record.refusedCreates] }),
    ...browserSignIn(record),
    ...(record.lastSyncAt === undefined ? {} : { lastSyncAt: record.lastSyncAt }),
    ...(record.lastAttempt === undefined ? {} : { lastAttempt: record.lastAttempt }),
  };
}

function browserSignIn({ browser }: AccountRecord): Pick<Account, 'browserSignIn'> {
  if (browser === undefined) return {};
  return { browserSignIn: browser.expiresAt === undefined ? {} : { expiresAt: browser.expiresAt } };
}

export function projectView(record: ProjectRecord): Project {
  const watched = record.watched === 'removed' ? 'no' : record.watched;
  return { slug: record.slug, account: record.account, name: record.name, watched };
}

/** Accounts that were not removed, by id. */
export function listAccounts(session: VaultSession): Account[] {
  return presentAccounts(session)
    .map(accountView)
    .sort((left, right) => left.id.localeCompare(right.id));
}

/** By account, then slug. */
export function listProjects(session: VaultSession): Project[] {
  return projectStore
    .list(session)
    .map(projectView)
    .sort((left, right) => left.account.localeCompare(right.account) || left.slug.localeCompare(right.slug));
}
