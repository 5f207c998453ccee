import * as z from 'zod';
import { isSlug } from './is-slug.ts';

export const slug = z.string().refine(isSlug, { error: 'a project slug is three parts, like gh/acme/web' });

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
