import { isoInstant } from '../platform/clock.ts';
import { type Answer, json } from './answer.ts';
import { type Call, type CircleCiRoute, slugOf } from './call.ts';
import { requireReadable, requireUser } from './rules.ts';
import type { Project } from './world.ts';

export const projectRoutes: readonly CircleCiRoute[] = [
  { method: 'GET', template: '/api/v1.1/projects', handle: followed },
  { method: 'GET', template: '/api/v1.1/project/:vcs/:org/:repo', handle: recentBuilds },
  { method: 'GET', template: '/api/v2/project/:vcs/:org/:repo', handle: describe },
];

function followed({ world, caller }: Call): Answer {
  const user = requireUser(caller);
  const projects = [...world.projects.values()].filter((project) => user.follows.has(project.slug));
  return json(200, projects.map(followedProject));
}

/** Of a GitHub App project the slug cannot be made from the names, so it is there. */
function followedProject(project: Project): object {
  const { slug, name } = project;
  const named = project.organization.vcsType === 'circleci' ? { slug, name } : {};
  return { ...coordinates(project), ...named, followed: true, default_branch: 'main', branches: {} };
}

function recentBuilds(call: Call): Answer {
  const project = requireReadable(call.world, call.caller, slugOf(call));
  const builds = project.builds.map((build) => ({
    ...coordinates(project),
    build_num: build.number,
    status: build.status,
    outcome: build.status,
    subject: build.subject,
    branch: 'main',
    start_time: isoInstant(build.startedMs),
  }));
  return json(200, builds);
}

function describe(call: Call): Answer {
  requireUser(call.caller);
  const project = requireReadable(call.world, call.caller, slugOf(call));
  const { id, slug, name, organization } = project;
  const { vcs_url, vcs_type } = coordinates(project);
  return json(200, {
    id,
    slug,
    name,
    organization_name: organization.name,
    organization_slug: organization.slug,
    organization_id: organization.id,
    vcs_info: { vcs_url, provider: vcs_type, default_branch: 'main' },
  });
}

const sites = { github: 'https://github.com', bitbucket: 'https://bitbucket.org', circleci: '//circleci.com' } as const;

/** `username` and `reponame` are names also where the slug and the address hold opaque ids. */
function coordinates({ slug, name, organization }: Project) {
  const [, owner, repository] = slug.split('/');
  const { vcsType } = organization;
  const vcs_url = `${sites[vcsType]}/${owner}/${repository}`;
  return { vcs_url, vcs_type: vcsType, username: organization.name, reponame: name };
}
