import type { Id } from '../../shared/ids.ts';
import { canonicalSlug } from '../../shared/slugs.ts';
import { AppError } from '../app-error.ts';
import type { ProjectResponse } from '../circleci/circleci.ts';
import type { VaultReader, VaultSession } from '../vault/vault.ts';
import type { Witness } from '../vault/witness.ts';
import type { AccountRecord } from './account-store.ts';
import { type ProjectRecord, projectStore } from './project-store.ts';

/** Watches these projects of the account besides those that it follows. Projects already known keep their id. */
export function addProjects(
  session: VaultSession,
  witness: Witness,
  wanted: { account: AccountRecord; slugs: readonly string[] },
): ProjectRecord[] {
  return session.write((transaction) =>
    [...new Set(wanted.slugs.map(canonicalSlug))].map((slug) => {
      const known = find(transaction, wanted.account.id, slug);
      const record: ProjectRecord = {
        id: known?.id ?? session.newId(),
        account: wanted.account.id,
        slug,
        name: known?.name ?? slug.split('/').slice(1).join('/'),
        watched: 'added',
      };
      projectStore.put(transaction, record, 'same');
      transaction.appendLog(witness({ action: 'project.added', subject: record.id }));
      return record;
    }),
  );
}

/** Stops reading the project; its tokens stay as last seen. @throws AppError not-found, ambiguous */
export function removeProject(
  session: VaultSession,
  witness: Witness,
  wanted: { account?: Id; slug: string },
): ProjectRecord {
  const slug = canonicalSlug(wanted.slug);
  const known = projectStore
    .list(session)
    .filter((project) => project.slug === slug && (wanted.account === undefined || project.account === wanted.account));
  const [project] = known;
  if (project === undefined) {
    throw new AppError('not-found', `The vault knows no project ${slug}.`, { effect: 'nothing-changed' });
  }
  if (known.length > 1) {
    throw new AppError('ambiguous', `${known.length} accounts know the project ${slug}.`, {
      effect: 'nothing-changed',
      hint: 'Say which account.',
      details: { accounts: known.map(({ account }) => account) },
    });
  }
  const removed: ProjectRecord = { ...project, watched: 'removed' };
  session.write((transaction) => {
    projectStore.put(transaction, removed, 'same');
    transaction.appendLog(witness({ action: 'project.removed', subject: project.id }));
  });
  return removed;
}

/** Takes over what the account follows on CircleCI now. What it no longer follows stays, no longer watched. */
export function takeOverFollowed(session: VaultSession, account: Id, followed: readonly ProjectResponse[]): void {
  session.write((transaction) => {
    const names = new Map(followed.map((project) => [canonicalSlug(project.slug), project.name]));
    for (const project of projectStore.list(transaction)) {
      if (project.account !== account) continue;
      const name = names.get(project.slug);
      names.delete(project.slug);
      const watched =
        name !== undefined && project.watched === 'no'
          ? 'followed'
          : name === undefined && project.watched === 'followed'
            ? 'no'
            : project.watched;
      if (watched !== project.watched || (name ?? project.name) !== project.name) {
        projectStore.put(transaction, { ...project, name: name ?? project.name, watched }, 'same');
      }
    }
    for (const [slug, name] of names) {
      projectStore.put(transaction, { id: session.newId(), account, slug, name, watched: 'followed' }, 'same');
    }
  });
}

/** The slugs that a sync of the account reads. */
export function watchedSlugs(session: VaultSession, account: Id): string[] {
  return projectStore
    .list(session)
    .filter((project) => project.account === account && (project.watched === 'followed' || project.watched === 'added'))
    .map((project) => project.slug);
}

/** As a sentence names it: by its slug, or by its name where CircleCI makes slugs of ids that nobody knows. */
export function calledProject(reader: VaultReader, account: Id, slug: string): string {
  const isTelling = !slug.startsWith('circleci/');
  return isTelling ? slug : (find(reader, account, slug)?.name ?? slug);
}

/** All that it knows, also those that it does not read: those that a sync reads first, each part by its slug. */
export function projectSlugs(session: VaultSession, account: Id): string[] {
  const watched = watchedSlugs(session, account);
  const known = projectStore.list(session).filter((project) => project.account === account);
  return [...new Set([...watched.toSorted(), ...known.map(({ slug }) => slug).toSorted()])];
}

function find(reader: VaultReader, account: Id, slug: string): ProjectRecord | undefined {
  return projectStore.list(reader).find((project) => project.account === account && project.slug === slug);
}
