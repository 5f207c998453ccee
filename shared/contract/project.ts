import * as z from 'zod';
import { id, idPrefix } from '../ids.ts';
import { slug } from '../slugs.ts';
import { call, nothing } from './kit.ts';

export const project = z.strictObject({
  slug: z.string(),
  account: id,
  name: z.string(),
  /** `followed` on CircleCI, `added` by the person, or `no` longer watched: its tokens stay, as last seen. */
  watched: z.enum(['followed', 'added', 'no']),
});
export type Project = z.output<typeof project>;

export const projectCalls = {
  'project.add': call(
    z.strictObject({ slugs: z.array(slug).min(1).max(1_000), account: idPrefix.exactOptional() }),
    z.strictObject({ projects: z.array(project) }),
  ),
  'project.list': call(nothing, z.strictObject({ projects: z.array(project) })),
  'project.remove': call(
    z.strictObject({ slug, account: idPrefix.exactOptional() }),
    z.strictObject({ projects: z.array(project) }),
  ),
} as const;
