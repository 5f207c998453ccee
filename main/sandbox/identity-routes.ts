import { type Answer, json } from './answer.ts';
import type { Call, CircleCiRoute } from './call.ts';
import { requireUser } from './rules.ts';
import type { User } from './world.ts';

export const identityRoutes: readonly CircleCiRoute[] = [
  { method: 'GET', template: '/api/v2/me', handle: me },
  { method: 'GET', template: '/api/v2/me/collaborations', handle: collaborations },
  { method: 'GET', template: '/api/v1.1/me', handle: oldMe },
];

function me({ caller }: Call): Answer {
  const user = requireUser(caller);
  return json(200, { id: user.id, login: user.login, name: user.name, avatar_url: avatarUrl(user) });
}

function oldMe({ caller }: Call): Answer {
  const { login, name } = requireUser(caller);
  return json(200, { login, name, admin: false, basic_email_prefs: 'smart', selected_email: `${login}@example.com` });
}

/** Besides the organizations, the person's own GitHub account, which CircleCI knows without an id. */
function collaborations({ world, caller }: Call): Answer {
  const user = requireUser(caller);
  const own = {
    id: null,
    'vcs-type': 'github',
    name: user.login,
    slug: `gh/${user.login}`,
    avatar_url: avatarUrl(user),
  };
  const organizations = world.organizations
    .filter((organization) => user.memberOf.has(organization.slug))
    .map(({ id, slug, name, vcsType }) => ({ id, 'vcs-type': vcsType, name, slug, avatar_url: null }));
  return json(200, [own, ...organizations]);
}

function avatarUrl(user: User): string {
  return `https://avatars.example.com/${user.login}.png`;
}
