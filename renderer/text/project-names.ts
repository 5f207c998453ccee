import type { Project } from '../../shared/contract/project.ts';
import { kindWords } from './tokens.ts';

type Known = Pick<Project, 'slug' | 'name'>;

/** Where a token belongs, in a word or two: its project, by the slug, or itself. */
export type ProjectName = (slug: string | undefined) => string;

/**
 * A project by its name; with the organization before it where another one is called the same, and by its whole slug where
 * that does not tell them apart either.
 */
export function projectNames(projects: readonly Known[]): ProjectName {
  const ways = new Map(projects.map((project) => [project.slug, waysToSay(project)]));
  const said = new Map<string, number>();
  for (const way of [...ways.values()].flat()) said.set(way, (said.get(way) ?? 0) + 1);
  const names = new Map([...ways].map(([slug, way]) => [slug, way.find((words) => said.get(words) === 1) ?? slug]));
  return (slug) => (slug === undefined ? kindWords.personal : (names.get(slug) ?? withoutHost(slug)));
}

/** A slug of ids, which nobody knows, apart from the name. */
export function nameAndIds(slug: string, projects: readonly Known[]): { readonly name: string; readonly ids?: string } {
  const name = slug.startsWith('circleci/') ? (projects.find((project) => project.slug === slug)?.name ?? '') : '';
  return name === '' || slug.endsWith(name) ? { name: slug } : { name, ids: slug };
}

/** All of it, for where there is room: ids that nobody knows come behind the name. */
export function wholeProjectName(slug: string, projects: readonly Known[]): string {
  const { name, ids } = nameAndIds(slug, projects);
  return ids === undefined ? name : `${name}, ${ids}`;
}

/** The shortest first. One that was added by hand is called by its slug. */
function waysToSay({ slug, name }: Known): readonly string[] {
  const bare = name.split('/').at(-1) ?? name;
  return [bare, `${slug.split('/')[1]}/${bare}`];
}

function withoutHost(slug: string): string {
  return slug.split('/').slice(1).join('/');
}
