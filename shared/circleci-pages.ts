// Where CircleCI's own pages on tokens are (docs/circleci-routes.md says how sure each is).

export interface Site {
  readonly isCloud: boolean;
  /** Of the API, as the account has it. */
  readonly origin: string;
}

/** `project`: its slug; without one the page of personal tokens. */
export function tokensPage(site: Site, project?: string): string {
  // The cloud's pages are on another name than its API; a server has both on one.
  const pages = site.isCloud ? 'https://app.circleci.com' : site.origin;
  return project === undefined ? `${pages}/settings/user/tokens` : `${pages}/settings/project/${pathOf(project)}/api`;
}

const longNames: ReadonlyMap<string, string> = new Map([
  ['gh', 'github'],
  ['bb', 'bitbucket'],
]);

/** The pages spell out what the API's paths shorten. */
function pathOf(slug: string): string {
  const [vcs = '', ...rest] = slug.split('/');
  return [longNames.get(vcs) ?? vcs, ...rest].map(encodeURIComponent).join('/');
}
