import * as z from 'zod';

/**
 * A project's slug: three segments, opaque to us (`gh/org/repo`, `circleci/<org id>/<project id>`). Refused before
 * anything is sent: a space, percent signs and dot segments, which proxies rewrite into another path, and characters that
 * nobody sees, which make one slug look like another.
 */
export const slug = z.string().refine(isSlug, { error: 'a project slug is three parts, like gh/acme/web' });

export function isSlug(text: string): boolean {
  const segments = text.split('/');
  return (
    segments.length === 3 &&
    segments.every((segment) => /^[^\s%?#\\\p{Cc}\p{Cf}\p{Cs}]+$/u.test(segment) && !/^\.{1,2}$/.test(segment))
  );
}

const hosts: Readonly<Record<string, string>> = {
  ...{ gh: 'gh', github: 'gh', bb: 'bb', bitbucket: 'bb' },
  circleci: 'circleci',
};

/** One spelling per project: `github/acme/web`, `GH/acme/web` and `gh/acme/web` are the same. */
export function canonicalSlug(text: string): string {
  const [vcs = '', ...rest] = text.split('/');
  const name = vcs.toLowerCase();
  return [Object.hasOwn(hosts, name) ? hosts[name] : vcs, ...rest].join('/');
}
