import * as z from 'zod';
import { isSlug } from '../../shared/is-slug.ts';
import { canonicalSlug } from '../../shared/slugs.ts';
import type { IdentityResponse, OrganizationResponse, ProjectResponse } from './circleci.ts';

const text = z.string().min(1);
/** A decoration: of a strange type it is as good as absent. */
const decoration = text.nullish().catch(undefined);

const identityAnswer = z.object({ id: z.union([text, z.number()]), login: text, name: decoration });

/** Undefined: no identity, so whoever answered is no CircleCI. */
export function parseIdentity(answer: unknown): IdentityResponse | undefined {
  const parsed = identityAnswer.safeParse(answer);
  if (!parsed.success) return undefined;
  const { id, login, name } = parsed.data;
  return { userId: String(id), login, ...(name ? { name } : {}) };
}

const organizationRow = z.object({
  id: decoration,
  slug: decoration,
  name: decoration,
  'vcs-type': decoration,
  vcs_type: decoration,
});

/** `id` is null for organizations that CircleCI does not know itself. Undefined: not a list. */
export function parseOrganizations(answer: unknown): readonly OrganizationResponse[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  return answer.flatMap((row) => {
    const parsed = organizationRow.safeParse(row);
    if (!parsed.success) return [];
    const { id, name, slug, ...vcs } = parsed.data;
    const kind = vcs['vcs-type'] ?? vcs.vcs_type;
    const known = slug ?? (kind && name ? `${kind}/${name}` : undefined);
    if (known === undefined) return [];
    return [{ ...(id ? { id } : {}), slug: canonicalSlug(known), name: name ?? known }];
  });
}

const projectRow = z.object({
  slug: decoration,
  vcs_url: decoration,
  vcs_type: decoration,
  'vcs-type': decoration,
  username: decoration,
  reponame: decoration,
  name: decoration,
  followed: z.boolean().nullish().catch(undefined),
});
type ProjectRow = z.output<typeof projectRow>;

/** The projects that can be named, each once. Undefined: not a list. */
export function parseProjects(answer: unknown): readonly ProjectResponse[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const bySlug = new Map<string, ProjectResponse>();
  for (const row of answer) {
    const parsed = projectRow.safeParse(row);
    if (!parsed.success || parsed.data.followed === false) continue;
    const slug = slugOf(parsed.data);
    if (slug === undefined || bySlug.has(slug)) continue;
    bySlug.set(slug, { slug, name: parsed.data.reponame ?? parsed.data.name ?? slug.split('/')[2] ?? slug });
  }
  return [...bySlug.values()];
}

/**
 * The slug as given, else built. From type, owner and repository for GitHub OAuth and Bitbucket; of the `circleci` type
 * those are names, and only the ids in the address count (CircleCI refuses a slug with names).
 */
function slugOf(row: ProjectRow): string | undefined {
  const kind = (row.vcs_type ?? row['vcs-type'])?.toLowerCase();
  const address = /^(?:https?:)?\/\/([^/]+)\/([^/]+)\/([^/?#]+?)(?:\.git)?\/?$/.exec(row.vcs_url ?? '');
  const [, host = '', owner, repository] = address ?? [];
  const type = kind ?? typeOfHost(host);
  const candidates = [
    row.slug,
    type === 'circleci' ? undefined : joined(type, row.username, row.reponame),
    joined(type, owner, repository),
  ];
  const slug = candidates.find((candidate) => typeof candidate === 'string' && isSlug(candidate));
  return slug ? canonicalSlug(slug) : undefined;
}

function joined(...segments: readonly (string | null | undefined)[]): string | undefined {
  return segments.every((segment) => segment) ? segments.join('/') : undefined;
}

function typeOfHost(host: string): string | undefined {
  return typesByHost.get(host.toLowerCase());
}

const typesByHost: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['bitbucket.org', 'bitbucket'],
  ['circleci.com', 'circleci'],
]);
