import { type Answer, message } from './answer.ts';
import { type Call, type CircleCiRoute, slugOf } from './call.ts';
import { maySee } from './rules.ts';

/** Old and new address of a badge, and the old one's form for a branch. */
export const badgeRoutes: readonly CircleCiRoute[] = [
  '/:vcs/:org/:repo.svg',
  '/:vcs/:org/:repo/tree/:branch.svg',
  '/status-badge/img/:vcs/:org/:repo/tree/:branch.svg',
].map((template) => ({ method: 'GET', template, handle: badge }));

const hosts: readonly string[] = ['gh', 'github', 'bb', 'bitbucket', 'circleci'];

/** A picture for everybody: a private project and one that does not exist look the same to whoever may not see it. */
function badge(call: Call): Answer {
  if (!hosts.includes(call.params.vcs ?? '')) return message(404, 'Not found');
  const project = call.world.projects.get(slugOf(call));
  if (project === undefined || !maySee(project, call.caller)) return picture('unknown');
  return picture(project.builds[0]?.status === 'failed' ? 'failing' : 'passing');
}

function picture(status: 'passing' | 'failing' | 'unknown'): Answer {
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="20" role="img" aria-label="CircleCI ${status}"><title>CircleCI ${status}</title><text x="6" y="14" font-family="sans-serif" font-size="11">CircleCI ${status}</text></svg>`;
  return { status: 200, headers: { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' }, body };
}
